import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Subject } from '@emrex-gateway/core'
import { recordingHost } from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { virtaSettings, virtaSisPlugin } from '../src/index.js'
import { oidOf, result, student } from './virta-people.js'
import { context, openVirta } from './virta-under-test.js'

const envelope = (body: string, prolog = '') =>
  `<?xml version="1.0"?>${prolog}<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">${body}</s:Envelope>`
const luku = 'xmlns:l="http://tietovaranto.csc.fi/luku" xmlns:v="urn:mace:funet.fi:virta/2015/09/01"'
const everything = (content: string) =>
  `<s:Body><l:OpiskelijanKaikkiTiedotResponse ${luku}>${content}</l:OpiskelijanKaikkiTiedotResponse></s:Body>`
const faulty = (code: string) =>
  envelope(`<s:Body><s:Fault><faultcode>${code}</faultcode><faultstring>secret words</faultstring></s:Fault></s:Body>`)
const somebody = oidOf(7)
const subject: Subject = { claims: [{ type: 'learnerId', scheme: 'learner-id', value: somebody }] }

describe('the SOAP client of VIRTA', () => {
  const folder = mkdtempSync(join(tmpdir(), 'virta-'))
  const keyFile = join(folder, 'key')
  beforeAll(() => writeFileSync(keyFile, 'a key'))
  afterAll(() => rmSync(folder, { recursive: true }))

  const settings = (url: string) => virtaSettings.parse({ url, caller: { system: 'S', user: 'U', keyFile } })
  /** What comes of a search that is answered so. */
  async function findWith(body: string, status = 200) {
    const asked: string[] = []
    const fetch = async (input: unknown, init?: RequestInit) => {
      asked.push(`${init?.method} ${String(input)}`)
      return new Response(body, { status, headers: { 'content-type': 'text/xml' } })
    }
    const host = recordingHost({ fetch: fetch as typeof globalThis.fetch })
    const { source } = await virtaSisPlugin.create(settings('http://127.0.0.1:9/luku'), host, 'virta')
    const outcome = await source!.find(subject, context).catch((error: unknown) => error)
    return { outcome, asked }
  }

  it('sends every message through the fetch of the host, and nothing past it', async () => {
    // Nothing listens at this address: whatever went another way would fail.
    const { outcome, asked } = await findWith(envelope(everything('<v:Virta/>')))
    expect(outcome).toEqual([])
    expect(asked).toEqual(['POST http://127.0.0.1:9/luku'])
  })

  it.each([
    ['an answer without content', envelope(everything(''))],
    ['an empty list', envelope(everything('<v:Virta/>'))],
    ['a person without rights and results', envelope(everything('<v:Virta><v:Opiskelija avain="1"/></v:Virta>'))],
  ])('takes %s for nobody', async (_, body) => {
    expect((await findWith(body)).outcome).toEqual([])
  })

  it.each([
    ['a document type', envelope(everything('<v:Virta/>'), '<!DOCTYPE s:Envelope>')],
    ['entities of its own', envelope(everything('<v:Virta/>'), '<!DOCTYPE x [<!ENTITY e "e">]>')],
    ['an entity that nobody declared', envelope(everything('<v:Virta>&e;</v:Virta>'))],
    ['an empty body', envelope('<s:Body/>')],
    ['no body', envelope('')],
    ['an envelope with nothing but an attribute', envelope('').replace('<s:Envelope', '<s:Envelope id="1"')],
    ['the answer of another operation', envelope(`<s:Body><l:OpintosuorituksetResponse ${luku}/></s:Body>`)],
    ['an answer with something else in it', envelope(everything('<v:Virta/><v:Muuta>1</v:Muuta>'))],
    ['an element that is not SOAP', '<html><body>Log in</body></html>'],
    ['JSON', '{"Virta":{}}'],
    ['nothing', ''],
  ])('does not understand %s', async (_, body) => {
    const { outcome } = await findWith(body)
    expect(outcome).toMatchObject({ name: 'SisError', kind: 'bad-data', info: { connection: 'virta' } })
  })

  it.each([
    ['s:Client', 'credential', 'Client'],
    ['s:Client.Authentication', 'credential', 'Client.Authentication'],
    ['s:Server', 'unavailable', 'Server'],
    ['s:VersionMismatch', 'unsupported', 'VersionMismatch'],
    ['s:MustUnderstand', 'unsupported', 'MustUnderstand'],
    ['Other', 'bad-data', 'Other'],
  ])('reads a fault with code %s as %s, with status 500 and with 200', async (written, kind, upstreamCode) => {
    for (const status of [500, 200]) {
      const { outcome } = await findWith(faulty(written), status)
      expect(outcome).toMatchObject({ name: 'SisError', kind, info: { status, upstreamCode } })
      expect(JSON.stringify(outcome) + String((outcome as Error).stack)).not.toContain('secret words')
    }
  })

  it('takes no code of a fault that is no code', async () => {
    const { outcome } = await findWith(faulty(`s:${somebody}`), 500)
    expect(outcome).toMatchObject({ kind: 'bad-data' })
    expect(JSON.stringify(outcome)).not.toContain(somebody)
  })

  it('goes by the status where a refusal is no SOAP', async () => {
    expect((await findWith('Service Unavailable', 503)).outcome).toMatchObject({ kind: 'unavailable' })
    expect((await findWith('<!DOCTYPE html><p>No</p>', 403)).outcome).toMatchObject({ kind: 'forbidden' })
  })

  it('does not start without its key, and not in production without encryption', async () => {
    const production = recordingHost({ environment: 'production' })
    await expect(virtaSisPlugin.create(settings('http://virta.example/'), production, 'virta')).rejects.toThrow(
      /^url: /,
    )
    await expect(virtaSisPlugin.create(settings('https://virta.example/'), production, 'virta')).resolves.toBeDefined()
    const keyless = virtaSettings.parse({
      url: 'https://virta.example/',
      caller: { system: 'S', user: 'U', keyFile: join(folder, 'absent') },
    })
    await expect(virtaSisPlugin.create(keyless, recordingHost(), 'virta')).rejects.toThrow(/keyFile: .* cannot be read/)
  })
})

describe('finding people in VIRTA', () => {
  it('tries the learner OID where the national number gives nothing', async () => {
    const sis = await openVirta()
    const number = '131052-308T'
    const claims: Subject['claims'] = [
      { type: 'learnerId', scheme: 'learner-id', value: `1.2.246.562.24.${studentOf('bo').number.padStart(11, '0')}` },
      { type: 'nationalId', country: 'FI', value: '010101-000A' },
    ]
    const found = await sis.connection.source!.find({ claims }, context)
    expect(found.map(({ foundBy, learner }) => [foundBy, learner.familyName])).toEqual([['learnerId', 'Tomsson']])
    const strongest = await sis.connection.source!.find(
      { claims: [...claims, { type: 'nationalId', country: 'FI', value: number.toLowerCase() }] },
      context,
    )
    expect(strongest.map(({ foundBy, learner }) => [foundBy, learner.familyName])).toEqual([
      ['nationalId', 'Tvåhus'],
      ['nationalId', 'Tvåhus'],
    ])
    await sis.close()
  })

  it('asks for nobody by a number of another country, a malformed one or an unknown scheme', async () => {
    const sis = await openVirta()
    const claims: Subject['claims'] = [
      { type: 'nationalId', country: 'SE', value: '131052-308T' },
      { type: 'nationalId', country: 'FI', value: '131052-308T<x/>' },
      { type: 'learnerId', scheme: 'first.example', value: oidOf(1) },
      { type: 'learnerId', scheme: 'learner-id', value: `${oidOf(1)}0` },
      { type: 'esi', value: `urn:schac:personalUniqueCode:int:esi:FI:${oidOf(1)}` },
    ]
    expect(await sis.connection.source!.find({ claims }, context)).toEqual([])
    expect(sis.virta.requests).toBe(0)
    await sis.close()
  })

  it('gives what the record says: a day of birth without a number, no name where there is none', async () => {
    const nameless = student(8, [result('one')], { given: undefined, family: undefined, gender: '9' })
    const sis = await openVirta({ further: [nameless] })
    const claims: Subject['claims'] = [{ type: 'learnerId', scheme: 'learner-id', value: oidOf(8) }]
    const [found] = await sis.connection.source!.find({ claims }, context)
    expect(found!.learner).toEqual({ givenNames: '', familyName: '', bday: '2003-02-01', gender: '9' })
    const [cyra] = await sis.connection.source!.find(
      { claims: [{ type: 'nationalId', country: 'FI', value: '131052-308T' }] },
      context,
    )
    expect(cyra!.learner.identifier).toEqual([{ type: 'nationalIdentifier', value: '131052-308T' }])
    await sis.close()
  })

  it('lists in its health what no public source confirms', async () => {
    const sis = await openVirta()
    const { ok, findings } = await sis.connection.check(context)
    expect(ok).toBe(true)
    expect(findings).toContain('the connection is not encrypted')
    expect(findings.filter((line) => line.startsWith('not confirmed: ')).length).toBeGreaterThan(4)
    await sis.close()
  })
})
