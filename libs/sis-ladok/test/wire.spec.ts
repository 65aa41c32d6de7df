import { sisContext } from '@emrex-gateway/core'
import { hostWithConnections, startLadok, type LadokStandIn } from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { ladokSettings } from '../src/index.js'
import { attestedResults } from '../src/ladok-records.js'
import { connectLadok } from './connect-ladok.js'
import { subjectOf } from './subject-of.js'

const context = sisContext(60, 'wire')

describe('the stand-in of Ladok', () => {
  let ladok: LadokStandIn
  beforeAll(async () => {
    ladok = await startLadok()
  })
  afterAll(() => ladok.close())

  const ask = async (path: string, accept: string, client = ladok.universities[0]) => {
    const host = hostWithConnections()
    try {
      const fetch = host.fetchAs({
        authorities: [ladok.authority],
        ...(client && { privateKey: client.privateKey, certificate: client.certificate }),
      })
      const answer = await fetch(`${ladok.origin}/${path}`, { headers: { accept } })
      return { status: answer.status, text: await answer.text() }
    } finally {
      await host.close()
    }
  }

  it('answers in the media type of the service alone', async () => {
    const path = 'kataloginformation/grunddata/enhet'
    expect((await ask(path, 'application/vnd.ladok-kataloginformation+json')).status).toBe(200)
    for (const accept of ['application/json', '*/*', 'application/vnd.ladok-resultat+json'])
      expect((await ask(path, accept)).status).toBe(406)
  })

  it('lets nobody in without a certificate of its authority', async () => {
    const host = hostWithConnections()
    const bare = host.fetchAs({ authorities: [ladok.authority] })
    await expect(bare(ladok.origin)).rejects.toThrow()
    await host.close()
  })

  it('gives links to itself, and errors with a number to quote', async () => {
    const accept = 'application/vnd.ladok-kataloginformation+json'
    const good = JSON.parse((await ask('kataloginformation/grunddata/enhet', accept)).text) as { link: unknown[] }
    expect(good.link).toEqual([
      { method: 'GET', uri: `${ladok.origin}/kataloginformation/grunddata/enhet`, mediaType: accept, rel: 'self' },
    ])
    const bad = await ask('kataloginformation/grunddata/nonsense', accept)
    expect(bad.status).toBe(404)
    expect(JSON.parse(bad.text)).toMatchObject({ FelUID: expect.any(String), Felgrupp: 'commons.fel.grupp.finns_ej' })
  })
})

describe('the log', () => {
  it('holds the number and the codes of an error for Ladok’s support, and nothing of its message', async () => {
    const ladok = await startLadok()
    const { connection, host, close } = await connectLadok(ladok)
    await ladok.is('failing')
    await expect(connection.source!.find(subjectOf(studentOf('ada')), context)).rejects.toMatchObject({
      kind: 'unavailable',
      info: { connection: 'ladok-NBU', status: 500, upstreamCode: 'commons.fel.grupp.ovantat_fel' },
    })
    expect(host.lines.map((line) => JSON.parse(line) as object)).toEqual([
      {
        level: 'warn',
        event: 'ladok.refused',
        connection: 'ladok-NBU',
        service: 'studentinformation',
        status: 500,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        category: 'commons.fel.kategori.applikationsfel',
        group: 'commons.fel.grupp.ovantat_fel',
      },
    ])
    await close()
    await ladok.close()
  })
})

describe('an answer that is not what was asked for', () => {
  it('is no transcript without results: an error with status 200, and an answer that lacks the list', async () => {
    const ladok = await startLadok()
    const { connection, close } = await connectLadok(ladok)
    const subject = subjectOf(studentOf('ada'))
    const [enrolment] = await connection.source!.find(subject, context)
    await ladok.is('error-with-200')
    const reports = connection.source!.reports(enrolment!, { failed: true, inProgress: true }, context, subject)
    await expect(reports[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      kind: 'bad-data',
      info: { upstreamCode: 'commons.fel.grupp.felaktigt_format' },
    })
    expect(attestedResults.safeParse({ link: [] }).success).toBe(false)
    await close()
    await ladok.close()
  })
})

describe('structuredImport', () => {
  it('is refused in plain words as long as there is no path for it', async () => {
    const ladok = await startLadok()
    const settings = { target: true, structuredImport: true }
    await expect(connectLadok(ladok, { settings })).rejects.toThrow(
      /^settings\.structuredImport: not available, because Ladok publishes no path for it/,
    )
    expect(ladokSettings.parse({ pfxFile: 'x.pfx' })).toMatchObject({ structuredImport: false, degrees: false })
    await ladok.close()
  })
})
