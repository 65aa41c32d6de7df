import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { PlainBrowser } from '@emrex-gateway/testing'
import type { AnyState, TransferKind } from '@emrex-gateway/core'
import { jest } from '@jest/globals'
import { ApiUnderTest, applicant, email, numberCanaries } from './api-under-test.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
beforeEach(async () => {
  under = await ApiUnderTest.start()
})
afterEach(() => under.stop())

const order = { applicant: { ...applicant, email }, reference: 'reference-canary' }
const canaries = [applicant.givenNames, applicant.familyName, applicant.birthDate, email, 'reference-canary']
const ofDocument = ['Laudatur-canary', 'Marine Biology', 'BIO201', ...numberCanaries]

/** Everything that the gateway keeps, opened with its key, and the bytes on disk. */
async function kept(): Promise<{ readonly opened: string; readonly raw: string }> {
  const { folder, gateway } = under.alone
  const file = join(folder, 'gateway.sqlite')
  const knex = openSqlite({ file, readOnly: true })
  try {
    const rows = (await knex('emrex_transfer').select('id', 'kind')) as { id: string; kind: TransferKind }[]
    const states = await Promise.all(rows.map(({ id, kind }) => gateway.store.transfers<AnyState>(kind).load(id)))
    const bodies = (await knex('emrex_body').select('transfer', 'name')) as { transfer: string; name: string }[]
    const texts = await Promise.all(
      bodies.map(async ({ transfer, name }) =>
        Buffer.from((await gateway.store.transfers('request').body(transfer, name)) ?? []).toString(),
      ),
    )
    const jobs = await knex('emrex_job').select('queue', 'name', 'payload')
    const audit = await knex('emrex_audit').select()
    const files = [file, `${file}-wal`].filter((name) => existsSync(name))
    return {
      opened: JSON.stringify([states, texts, jobs, audit]),
      raw: files.map((name) => readFileSync(name, 'latin1')).join(''),
    }
  } finally {
    await knex.destroy()
  }
}

const found = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word))

describe('the store of the import API', () => {
  it('holds nothing readable while a request is open, and nothing of the applicant after it was deleted', async () => {
    const { id, link } = await under.create({ ...order, purpose: 'whole' })
    const waiting = await kept()
    // The test sees what it looks for.
    expect(found(waiting.opened, canaries)).toEqual(canaries)
    expect(found(waiting.raw, canaries)).toEqual([])
    expect(waiting.opened).not.toContain(link.split('/').at(-1))
    await under.agree(await under.walk(link))
    const completed = await kept()
    expect(found(completed.opened, ofDocument)).toEqual(ofDocument)
    // What the order said of the applicant is of no more use.
    expect(found(completed.opened, [email])).toEqual([])
    await under.call('GET', `/requests/${id}/result`)
    await under.call('DELETE', `/requests/${id}`)
    const deleted = await kept()
    expect(found(deleted.opened, [...canaries, ...ofDocument])).toEqual([])
    expect(found(deleted.raw, [...canaries, ...ofDocument])).toEqual([])
    const audit = await under.alone.gateway.store.audit.list({ transfer: id })
    expect(audit.map(({ event }) => event)).toEqual([
      ...['request.created', 'request.opened', 'request.completed', 'result.read', 'request.deleted'],
    ])
  })

  it('keeps of a document whose purpose names few fields only those, from the moment when the applicant agrees', async () => {
    const { link } = await under.create({ purpose: 'credits' })
    const browser = await under.walk(link)
    expect(found((await kept()).opened, ofDocument)).not.toEqual([])
    await under.agree(browser)
    const { opened } = await kept()
    expect(found(opened, [...canaries, ...ofDocument])).toEqual([])
    expect(opened).toContain('University of the Coast')
  })

  it.each([
    ['declines', async (link: string) => void (await pressOn(link, 'Decline'))],
    [
      'declines at the end',
      async (link: string) => void (await (await under.walk(link)).press('Do not send anything')),
    ],
    ['never comes', async () => undefined],
    ['stops on the way and never comes back', async (link: string) => void (await pressOn(link, 'Fetch my results'))],
  ])('holds nothing of an applicant who %s, once the time of the request is over', async (_, act) => {
    const { link } = await under.create({ ...order, days: 1 })
    await act(link)
    await under.api().run()
    await under.alone.putForward(24 * 60 + 1)
    await under.alone.putForward(1)
    const { opened, raw } = await kept()
    expect(found(opened, [...canaries, ...ofDocument])).toEqual([])
    expect(found(raw, [...canaries, ...ofDocument])).toEqual([])
  })

  it('deletes a result when the time for which it may be kept is over', async () => {
    const { id } = await under.complete({ ...order, retentionDays: 2 })
    await under.alone.putForward(2 * 24 * 60 - 5)
    expect((await under.call('GET', `/requests/${id}/result`)).status).toBe(200)
    await under.alone.putForward(6)
    expect((await under.call('GET', `/requests/${id}`)).json.code).toBe('REQUEST_DELETED')
    expect(found((await kept()).opened, canaries)).toEqual([])
    const audit = await under.alone.gateway.store.audit.list({ transfer: id })
    expect(audit.at(-1)).toMatchObject({ event: 'request.deleted', facts: { by: 'time' } })
  })

  it('says nothing of a person, a link or a key in the log', async () => {
    const { id, link } = await under.complete(order)
    await under.call('GET', `/requests/${id}/result`)
    await under.call('POST', '/requests', { body: { ...order, purpose: 'never', days: 'x' } })
    const log = under.alone.lines.join('\n')
    expect(log).toContain('transfer.changed')
    const secrets = [link.split('/').at(-1)!, under.keys.full, under.keys.full.split('_')[2]!]
    expect(found(log, [...canaries, ...ofDocument, ...secrets])).toEqual([])
  })
})

async function pressOn(link: string, button: string): Promise<PlainBrowser> {
  const browser = new PlainBrowser()
  await browser.open(link)
  await browser.press(button)
  return browser
}
