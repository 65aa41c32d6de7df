import { ownResults, sessionLogin, type LogFields, type SessionPerson, type StudentResults } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { createNcp } from '@emrex-gateway/ncp'
import { openStore } from '@emrex-gateway/store'
import { makeThrowawaySigner } from '@emrex-gateway/testing'

const signer = await makeThrowawaySigner({ commonName: 'Campus NCP' })
const store = await openStore({ knex: openSqlite({ file: ':memory:' }), seal: { key: new Uint8Array(32).fill(7) } })
afterAll(() => store.close())

const row = { id: '4711', givenNames: 'Solveig', familyName: 'Prøve', birthDate: '1999-04-05' }
const learner = { givenNames: 'Solveig', familyName: 'Prøve', bday: '1999-04-05' }
const course = { code: 'DB1', title: 'Databases', status: 'passed', date: '2026-01-15' }

/** Logs somebody in as an application does that asks its database; gives the page that comes then, and what was logged. */
async function logIn(person: unknown, read: (student: string) => unknown) {
  const lines: (LogFields & { event: string })[] = []
  const write = (event: string, fields: LogFields = {}) => void lines.push({ event, ...fields })
  const institution = { code: 'CU', title: 'Campus University', country: 'NO', schac: 'campus.example' }
  const ncp = createNcp({
    ...{ id: 'campus', title: 'Campus', origin: 'http://localhost:3000', store, signingKey: signer },
    log: { debug: write, info: write, warn: write, error: write },
    logins: [
      sessionLogin({
        id: 'campus',
        label: 'Campus',
        personOf: () => person as SessionPerson,
        loginPage: (then) => then,
      }),
    ],
    sources: [ownResults({ id: 'campus', institution, read: async (student) => read(student) as StudentResults })],
    receivers: { allowLoopbackHttp: true },
  })
  const asked = new Map([
    ['sessionId', 'a'.repeat(22)],
    ['returnUrl', 'https://smp.example.org/return'],
  ])
  const { transferId } = await ncp.receive(asked, 'browser')
  const transfer = async () => (await ncp.transfers.load(transferId))!
  await ncp.confirmReceiver(await transfer())
  const { url } = (await ncp.login(await transfer(), 'campus', 'en')) as { url: string }
  await ncp.complete('campus', { method: 'GET', url, form: new Map(), request: {} })
  const step = await ncp.next(await transfer())
  return {
    page: step.kind === 'page' ? step.page.page : step.kind,
    failed: lines.find(({ event }) => event === 'sis.failed'),
  }
}

describe('what an application hands over', () => {
  it('may have numbers for students, as databases do', async () => {
    const asked: string[] = []
    const read = (student: string) => (asked.push(student), { learner, courses: [course] })
    expect(await logIn({ ...row, id: 4711 }, read)).toEqual({ page: 'select-results', failed: undefined })
    expect(new Set(asked)).toEqual(new Set(['4711']))
  })

  it('is told where it breaks, by the place in the code and without what it said', async () => {
    const { page, failed } = await logIn(row, () => {
      throw new TypeError('no column for Solveig')
    })
    expect([page, failed]).toEqual([
      'answering',
      expect.objectContaining({ error: 'TypeError', stack: expect.stringContaining('mistakes.spec') }),
    ])
    expect(JSON.stringify(failed)).not.toContain('Solveig')
  })

  it('is told that a day must be text, where a driver of a database makes another thing of it', async () => {
    const day = new Date(2026, 0, 15)
    const results = [
      { learner: { ...learner, bday: day }, courses: [course] },
      { learner, courses: [course, { ...course, date: day }] },
    ]
    for (const given of results) {
      const { failed } = await logIn(row, () => given)
      expect(failed).toMatchObject({
        kind: 'bad-data',
        detail: expect.stringContaining('must be text such as 1999-04-05'),
      })
    }
    await expect(logIn({ ...row, birthDate: day }, () => undefined)).rejects.toThrow(/must be text such as 1999-04-05/)
  })
})
