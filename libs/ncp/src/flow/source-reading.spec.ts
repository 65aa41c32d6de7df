import type { Enrolment, Identity, SisConnection } from '@emrex-gateway/core'
import type { Report } from '@emrex-gateway/elmo'
import { collectResults } from './collect-results.js'

const now = new Date('2026-11-02T10:00:00Z')
const number = '131052-308T'
const identity: Identity = {
  ...{ provider: 'eid', issuer: 'urn:test', subject: '1', loa: 'high', authenticatedAt: now.toISOString() },
  names: [{ given: 'Aino', family: 'Esimerkki', kind: 'current' }],
  birthDate: { value: '1952-10-13', precision: 'day' },
  identifiers: [{ scheme: 'national:FI', value: number, persistence: 'lifelong' }],
  roles: [],
}
const reportOf = (university: string): Report => ({
  issuer: {
    identifier: [{ type: 'schac', value: 'university.example' }],
    title: [{ value: university }],
    url: `https://${university}.example/`,
  },
  learningOpportunitySpecification: [{ title: [{ value: 'Course' }], instance: { status: 'passed' } }],
  issueDate: now.toISOString(),
})

/** A record with the number of the person. */
const record = (university: string, { person = 'key', bday = '1952-10-13' } = {}): Enrolment => ({
  person,
  institution: { code: university, title: university, country: 'FI' },
  learner: {
    ...{ givenNames: 'Aino', familyName: 'Esimerkki', bday },
    identifier: [{ type: 'nationalIdentifier', value: number }],
  },
})

const sis = (id: string, found: readonly Enrolment[], reports = [reportOf(id)]): SisConnection => ({
  id,
  source: {
    can: { findBy: ['nationalId'], failed: true, inProgress: true },
    institutions: async () => [],
    find: async () => found,
    async *reports() {
      yield* reports
    },
  },
  check: async () => ({ ok: true, findings: [] }),
  close: async () => undefined,
})
const collect = (...sources: SisConnection[]) =>
  collectResults(identity, sources, {
    ...{ want: { failed: false, inProgress: false }, deadline: AbortSignal.timeout(10_000), reference: 'test', now },
    titleOf: (id) => `University of ${id}`,
  })

describe('a source with a record that is not taken as the person’s', () => {
  const unsure = [
    sis('hills', [record('hills', { bday: '1960-01-01' })]),
    sis('lakes', [record('lakes'), record('lakes', { person: 'another key' })]),
  ]
  const gaps = [
    { institution: 'University of hills', code: 'ID_MISMATCH' },
    { institution: 'University of lakes', code: 'ID_AMBIGUOUS', kind: 'ambiguous' },
  ]

  it('is a gap where another source knows the person', async () => {
    const collected = await collect(sis('coast', [record('coast')]), ...unsure)
    expect(collected).toMatchObject({ elmo: { reports: [reportOf('coast')] }, gaps })
  })

  it('is the end, and not "no results", where the other source has none', async () => {
    expect(await collect(sis('coast', [record('coast')], []), ...unsure)).toMatchObject({ end: 'ID_AMBIGUOUS', gaps })
  })
})

describe('a source that gives what ELMO cannot say', () => {
  const broken = (): Report => {
    const { learningOpportunitySpecification: results = [], ...report } = reportOf('hills')
    const dated = results.map((los) => ({ ...los, instance: { ...los.instance, date: '31.12.2025' } }))
    return { ...report, learningOpportunitySpecification: dated }
  }
  const gap = { institution: 'hills', code: 'SIS_DOWN', kind: 'bad-data' }

  it('is a gap, whatever its place, and costs no other source its results', async () => {
    const good = sis('coast', [record('coast')])
    const bad = sis('hills', [record('hills')], [broken()])
    const expected = { elmo: { reports: [reportOf('coast')] }, gaps: [gap] }
    expect(await collect(good, bad)).toMatchObject(expected)
    expect(await collect(bad, good)).toMatchObject(expected)
  })

  it('is the end where it is the only one, and the log hears the rules without the values', async () => {
    const told: unknown[] = []
    const twelve = Array.from({ length: 12 }, broken)
    const collected = await collectResults(identity, [sis('hills', [record('hills')], twelve)], {
      ...{ want: { failed: false, inProgress: false }, deadline: AbortSignal.timeout(10_000), reference: 'test', now },
      failed: (_, error) => told.push((error as Error).message),
    })
    expect(collected).toMatchObject({ end: 'SIS_DOWN', gaps: [gap] })
    expect(told).toEqual([
      expect.stringMatching(/^ELMO cannot say what the system gave: (GRAMMAR-VALUE \S+\/date, ){10}and 2 more$/),
    ])
  })

  it('does not name the student of another source’s results', async () => {
    const { learner, ...rest } = record('hills')
    const odd = { ...rest, learner: { ...learner, citizenship: 'Suomi' } }
    const collected = await collect(sis('hills', [odd]), sis('coast', [record('coast')]))
    expect(collected).toMatchObject({ elmo: { learner, reports: [reportOf('coast')] }, gaps: [gap] })
    expect(collected).not.toHaveProperty('elmo.learner.citizenship')
  })
})
