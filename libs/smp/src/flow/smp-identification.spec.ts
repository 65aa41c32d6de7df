import type { Enrolment, Identity, Transfer } from '@emrex-gateway/core'
import { SmpIdentification } from './smp-identification.js'
import type { SmpState, SmpTransfer } from './smp-transfer.js'

const identity: Identity = {
  ...{ provider: 'eid', issuer: 'urn:test', subject: '1', loa: 'high', authenticatedAt: '2026-11-02T09:50:00Z' },
  ...{ names: [{ given: 'Aino', family: 'Esimerkki', kind: 'current' }], roles: [] },
  birthDate: { value: '1952-10-13', precision: 'day' },
  identifiers: [{ scheme: 'national:FI', value: '131052-308T', persistence: 'lifelong' }],
}
const record = (bday: string): Enrolment => ({
  ...{ person: 'student-1', foundBy: 'nationalId' },
  institution: { code: 'KOTI', title: 'Kotiyliopisto', country: 'FI' },
  learner: { givenNames: 'Aino', familyName: 'Esimerkki', bday },
})

/** Where a transfer comes to when the system finds this record. */
async function identifiedBy(found: Enrolment): Promise<object> {
  let reached: object = {}
  const to = async (_: unknown, next: object) => ((reached = next), {} as Transfer<SmpState>)
  const entry = {
    ...{
      id: 'home',
      publicUrl: 'https://home.example/smp/home',
      logins: [],
      minimumLoa: 'none',
      targetTimeoutSeconds: 5,
    },
    target: { id: 'sis', target: { can: { findBy: ['nationalId'] }, match: async () => [found] } },
  }
  const store = { links: { find: async () => undefined } }
  const host = {
    store,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    now: () => new Date(),
    randomId: () => 'id',
  }
  const flow = { entry, move: to, end: to, provider: () => undefined }
  const identification = new SmpIdentification(flow as never, host as never)
  await identification.identify({ id: 'transfer' } as SmpTransfer<'login'>, identity, [])
  return reached
}

describe('SmpIdentification', () => {
  it('names what the record says otherwise than the login, and never the values', async () => {
    expect(await identifiedBy(record('1952-10-13'))).toMatchObject({ state: 'identified' })
    expect(await identifiedBy(record('1952-10-14'))).toEqual({ code: 'ID_MISMATCH', fields: ['birth-date'] })
  })
})
