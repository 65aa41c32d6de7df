import {
  EmrexError,
  SisError,
  type Enrolment,
  type FoundLink,
  type Identity,
  type SisConnection,
  type SisErrorKind,
} from '@emrex-gateway/core'
import type { Report } from '@emrex-gateway/elmo'
import { collectResults } from './collect-results.js'

const now = new Date('2026-11-02T10:00:00Z')
const number = '131052-308T'
const identity: Identity = {
  ...{ provider: 'eid', issuer: 'urn:test', subject: '1', loa: 'high' },
  authenticatedAt: now.toISOString(),
  names: [{ given: 'Aino', family: 'Esimerkki', kind: 'current' }],
  birthDate: { value: '1952-10-13', precision: 'day' },
  identifiers: [{ scheme: 'national:FI', value: number, persistence: 'lifelong' }],
  roles: [],
}
const anonymous: Identity = { ...identity, identifiers: [] }

const aino = { givenNames: 'Aino', familyName: 'Esimerkki', bday: '1952-10-13' }
function enrolmentAt(university: string, learner: Partial<Enrolment['learner']> = {}): Enrolment {
  const known = { ...aino, identifier: [{ type: 'nationalIdentifier', value: number }], ...learner }
  return {
    person: `key-${university}`,
    institution: { code: university, title: university, country: 'FI' },
    learner: known,
  }
}

function reportOf(university: string, titles: readonly string[] = ['Course']): Report {
  const courses = titles.map((value) => ({ title: [{ value, lang: 'en' }], instance: { status: 'passed' } }))
  return {
    issuer: {
      identifier: [{ type: 'schac', value: `${university}.example` }],
      title: [{ value: university, lang: 'en' }],
      url: `https://${university}.example/`,
    },
    learningOpportunitySpecification: courses,
    issueDate: now.toISOString(),
  }
}

interface Holdings {
  readonly found?: readonly Enrolment[] | SisErrorKind
  readonly reports?: readonly Report[] | SisErrorKind
}

/** A SIS in memory: whom it finds and what it holds, or the error that it throws. */
function sis(id: string, { found = [enrolmentAt(id)], reports = [reportOf(id)] }: Holdings = {}): SisConnection {
  const given = <Value>(value: Value | SisErrorKind): Value => {
    if (typeof value === 'string') throw new SisError(value as SisErrorKind, 'the SIS says no', { connection: id })
    return value as Value
  }
  return {
    id,
    source: {
      can: { findBy: ['nationalId'], failed: true, inProgress: true },
      institutions: async () => [],
      find: async () => given(found),
      async *reports() {
        yield* given(reports)
        yield { notice: 'left-out' }
      },
    },
    check: async () => ({ ok: true, findings: [] }),
    close: async () => undefined,
  }
}

type Order = Parameters<typeof collectResults>[2]
const collect = (sources: readonly SisConnection[], who = identity, order: Partial<Order> = {}) =>
  collectResults(who, sources, {
    want: { failed: false, inProgress: false },
    deadline: AbortSignal.timeout(10_000),
    reference: 'test',
    now,
    ...order,
  })
const nobody: Holdings = { found: [] }
const down: Holdings = { found: 'unavailable' }

describe('collectResults', () => {
  it('puts the reports of every source into one document about the person, dated now', async () => {
    const collected = await collect([sis('coast'), sis('hills'), { ...sis('import-only'), source: undefined } as never])
    expect(collected).toEqual({
      gaps: [],
      attachments: [],
      notices: ['coast', 'hills'].map((institution) => ({ institution, notice: 'left-out' })),
      elmo: {
        generatedDate: '2026-11-02T10:00:00.000Z',
        learner: enrolmentAt('coast').learner,
        reports: [reportOf('coast'), reportOf('hills')],
      },
    })
  })

  it.each<[string, Holdings]>([
    ['cannot be asked', down],
    ['fails while it is read', { reports: 'timeout' }],
  ])('tells a gap and gives the rest when one source %s', async (_, holdings) => {
    for (const sources of [
      [sis('coast', holdings), sis('hills')],
      [sis('hills'), sis('coast', holdings)],
    ])
      expect(await collect(sources)).toMatchObject({
        elmo: { reports: [reportOf('hills')] },
        gaps: [{ institution: 'coast', code: 'SIS_DOWN' }],
      })
  })

  it('names a source that cannot be asked as people know it', async () => {
    const titleOf = (id: string) => ({ coast: 'University of the Coast' })[id]
    const collected = await collect([sis('coast', down), sis('hills')], identity, { titleOf })
    expect(collected).toMatchObject({ gaps: [{ institution: 'University of the Coast', code: 'SIS_DOWN' }] })
  })

  it('reads an enrolment once that a source names twice: its credits must not count twice', async () => {
    const found = [enrolmentAt('coast'), enrolmentAt('coast', { citizenship: 'SE' }), enrolmentAt('hills')]
    const collected = await collect([sis('coast', { found })])
    expect(collected).toMatchObject({ notices: [{ institution: 'coast' }, { institution: 'hills' }] })
    expect((collected as { elmo: { reports: Report[] } }).elmo.reports).toHaveLength(2)
  })

  it('leaves reports without a result out', async () => {
    const collected = await collect([sis('coast', { reports: [reportOf('empty', []), reportOf('coast')] })])
    expect(collected).toMatchObject({ elmo: { reports: [reportOf('coast')] }, gaps: [] })
  })

  it('ends with NO_RESULTS, naming where it looked, when the person is known and everything was read', async () => {
    const sources = [
      sis('coast', { reports: [] }),
      sis('hills', { reports: [reportOf('hills', [])] }),
      sis('x', nobody),
    ]
    expect(await collect(sources)).toEqual({ end: 'NO_RESULTS', institutions: ['coast', 'hills'], gaps: [] })
  })

  it('ends with SIS_DOWN, and not with NO_RESULTS, when nothing was read and something failed', async () => {
    const sources = [sis('coast', { reports: [] }), sis('hills', { reports: 'unavailable' })]
    expect(await collect(sources)).toEqual({
      ...{ end: 'SIS_DOWN', institutions: ['coast', 'hills'] },
      gaps: [{ institution: 'hills', code: 'SIS_DOWN', kind: 'unavailable' }],
    })
    expect(await collect([sis('coast', { reports: [] }), sis('hills', down)])).toMatchObject({ end: 'SIS_DOWN' })
  })

  it('ends with ID_MISMATCH, and not with an outage, when only records of somebody else hold results', async () => {
    const stranger = enrolmentAt('hills', { givenNames: 'Oskar', familyName: 'Testman', bday: undefined })
    const collected = await collect([sis('coast', { reports: [] }), sis('hills', { found: [stranger] })])
    expect(collected).toMatchObject({ end: 'ID_MISMATCH' })
  })

  const two = [enrolmentAt('coast'), { ...enrolmentAt('coast'), person: 'another-key' }]
  const contradicted = [enrolmentAt('coast', { bday: '1960-01-01' })]
  it.each<[string, readonly Holdings[], Identity, string]>([
    ['nobody is found anywhere', [nobody, nobody], identity, 'ID_NOT_FOUND'],
    ['the login proves too little', [nobody, nobody], anonymous, 'ID_INSUFFICIENT'],
    ['a source failed, which outweighs not found', [nobody, down], identity, 'SIS_DOWN'],
    ['a source failed, which outweighs a weak login', [nobody, down], anonymous, 'SIS_DOWN'],
    [
      'a record contradicts the login, which outweighs a failure',
      [down, { found: contradicted }],
      identity,
      'ID_MISMATCH',
    ],
    ['two records fit, which outweighs all', [{ found: contradicted }, down, { found: two }], identity, 'ID_AMBIGUOUS'],
  ])('ends by weight when %s', async (_, holdings, who, end) => {
    const sources = holdings.map((each, index) => sis(`u${index}`, each))
    expect(await collect(sources, who)).toMatchObject({ end, institutions: [] })
    expect(await collect([...sources].reverse(), who)).toMatchObject({ end, institutions: [] })
  })

  it.each<[SisErrorKind, string]>([
    ['rate-limited', 'SIS_DOWN'],
    ['expired', 'LOGIN_EXPIRED'],
    ['forbidden', 'SIS_FORBIDS'],
  ])('ends with the reason of the only failure: %s is %s, and says where it was', async (kind, end) => {
    const gaps = [{ institution: 'coast', code: end, kind }]
    expect(await collect([sis('coast', { found: kind })])).toEqual({ end, institutions: [], gaps })
    expect(await collect([sis('coast', { reports: kind })])).toEqual({ end, institutions: ['coast'], gaps })
    expect(await collect([sis('hills', nobody), sis('coast', { found: kind })])).toMatchObject({ end, gaps })
  })

  it('names the failure that may pass where one says no and another does not answer', async () => {
    const sources = [sis('coast', { reports: 'forbidden' }), sis('hills', { reports: 'timeout' })]
    expect(await collect(sources)).toMatchObject({
      end: 'SIS_DOWN',
      gaps: [{ kind: 'forbidden' }, { kind: 'timeout' }],
    })
  })

  it('finds the person at one source although another does not know them', async () => {
    const collected = await collect([sis('coast', nobody), sis('hills')])
    expect(collected).toMatchObject({ elmo: { reports: [reportOf('hills')] }, gaps: [] })
  })

  it('never mixes two people: a source whose person is another than the first becomes a gap', async () => {
    const stranger = enrolmentAt('hills', { givenNames: 'Oskar', familyName: 'Testman', bday: undefined })
    const collected = await collect([sis('coast'), sis('hills', { found: [stranger] })])
    expect(collected).toMatchObject({
      elmo: { learner: { givenNames: 'Aino' }, reports: [reportOf('coast')] },
      gaps: [{ institution: 'hills', code: 'ID_MISMATCH' }],
    })
  })

  describe('where the login proves too little', () => {
    const canAsk = async () => true
    const linkTo = (university: string): FoundLink => ({
      link: {
        ...{ id: 'l', linkedAt: 0, usedAt: 0, loa: 'low', claims: [] },
        student: { person: `key-${university}`, institution: university },
        proof: { by: 'code', sentTo: 'a•••@coast.example' },
      },
      enrolments: [enrolmentAt(university)],
    })

    it('asks for a second proof at the sources that can be given one, and names no other', async () => {
      const sources = [sis('coast', nobody), sis('hills'), sis('x', nobody)]
      const order = { canAsk: async (id: string) => id !== 'x' }
      expect(await collect(sources, anonymous, order)).toEqual({ ask: ['coast', 'hills'] })
      expect(await collect([sis('coast', down), sis('hills')], anonymous, { canAsk })).toEqual({ ask: ['hills'] })
    })

    it('asks nobody whom a source knows, or who is contradicted', async () => {
      expect(await collect([sis('coast', nobody), sis('hills')], identity, { canAsk })).toHaveProperty('elmo')
      const born = sis('coast', { found: contradicted })
      expect(await collect([born], identity, { canAsk })).toMatchObject({ end: 'ID_MISMATCH' })
      expect(await collect([sis('coast', nobody)], identity, { canAsk })).toMatchObject({ end: 'ID_NOT_FOUND' })
    })

    it('ends nothing and calls no source down when our own database cannot be asked for a link', async () => {
      const link = async () => {
        throw new EmrexError('STORE_UNAVAILABLE')
      }
      const failed: string[] = []
      const collecting = collect([sis('coast'), sis('hills', nobody)], identity, {
        ...{ canAsk, link, failed: (connection) => void failed.push(connection) },
      })
      await expect(collecting).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect(failed).toEqual([])
    })

    it('finds by a link, and says by which', async () => {
      const link = async (id: string) => (id === 'hills' ? linkTo('hills') : undefined)
      const collected = await collect([sis('coast', nobody), sis('hills', nobody)], anonymous, { canAsk, link })
      expect(collected).toMatchObject({ elmo: { reports: [reportOf('hills')] }, links: [linkTo('hills')] })
      const known = await collect([sis('hills')], identity, { link })
      expect(known).not.toHaveProperty('links')
    })
  })

  describe('within its deadline', () => {
    const never = new Promise<never>(() => {})
    /** A source that never answers where it is told to. */
    const stuck = (id: string, where: 'find' | 'reports'): SisConnection => {
      const well = sis(id)
      return {
        ...well,
        source: {
          ...well.source!,
          ...(where === 'find' ? { find: () => never } : {}),
          ...(where === 'reports'
            ? {
                async *reports() {
                  yield reportOf(id)
                  await never
                },
              }
            : {}),
        },
      }
    }

    it('gives 31 of 37 places, and six gaps with what happened there', async () => {
      const well = Array.from({ length: 31 }, (_, index) => sis(`u${index}`))
      const ill = [
        stuck('slow-1', 'find'),
        stuck('slow-2', 'reports'),
        stuck('slow-3', 'find'),
        sis('down-1', down),
        sis('down-2', { reports: 'bad-data' }),
        sis('refuses', { found: 'credential' }),
      ]
      const told: string[] = []
      const collected = await collect([...ill, ...well], identity, {
        deadline: AbortSignal.timeout(300),
        failed: (connection, error) => told.push(`${connection} ${(error as SisError).kind}`),
      })
      expect(collected).toMatchObject({
        elmo: { reports: well.map(({ id }) => reportOf(id)) },
        gaps: [
          { institution: 'slow-1', code: 'SIS_DOWN', kind: 'timeout' },
          { institution: 'slow-3', code: 'SIS_DOWN', kind: 'timeout' },
          { institution: 'down-1', code: 'SIS_DOWN', kind: 'unavailable' },
          { institution: 'refuses', code: 'SIS_DOWN', kind: 'credential' },
          { institution: 'slow-2', code: 'SIS_DOWN', kind: 'timeout' },
          { institution: 'down-2', code: 'SIS_DOWN', kind: 'bad-data' },
        ],
      })
      expect(told.sort()).toEqual([
        ...['down-1 unavailable', 'down-2 bad-data', 'refuses credential'],
        ...['slow-1 timeout', 'slow-2 timeout', 'slow-3 timeout'],
      ])
    })

    it.each<[string, () => Promise<Enrolment[]>]>([
      ['answers', async () => [enrolmentAt('late')]],
      ['fails', () => Promise.reject(new SisError('unavailable', 'down', { connection: 'late' }))],
    ])('takes nothing of what comes after it, and asks nothing more: a source that %s', async (_, comes) => {
      let late = () => {}
      let read = 0
      const slow = sis('late')
      const source = {
        ...slow.source!,
        find: () => new Promise<Enrolment[]>((resolve) => (late = () => resolve(comes()))),
        async *reports() {
          read += 1
          yield reportOf('late')
        },
      }
      const told: unknown[] = []
      const order = { deadline: AbortSignal.timeout(100), failed: () => void told.push('failed') }
      const collected = await collect([{ ...slow, source }, sis('coast')], identity, order)
      late()
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect(collected).toMatchObject({ elmo: { reports: [reportOf('coast')] }, gaps: [{ institution: 'late' }] })
      expect([told, read]).toEqual([['failed'], 0])
    })

    it('tells how far it is, place by place', async () => {
      const seen: string[] = []
      await collect([sis('coast'), sis('hills', down), stuck('slow', 'find')], identity, {
        deadline: AbortSignal.timeout(200),
        progress: (places) => void seen.push(places.map(({ place, state }) => `${place} ${state}`).join(', ')),
      })
      expect(seen[0]).toBe('coast asked, hills asked, slow asked')
      expect(seen.at(-1)).toBe('coast read, hills failed, slow asked')
    })
  })

  it('leaves out what is not wanted, whatever the plugin gives', async () => {
    const report = reportOf('coast', ['passed', 'failed', 'in-progress', 'withdrawn'])
    for (const los of report.learningOpportunitySpecification!) los.instance.status = los.title[0]!.value
    const titles = async (want: object) => {
      const order = { want: { failed: false, inProgress: false, ...want } }
      const collected = await collect([sis('coast', { reports: [report] })], identity, order)
      const { elmo } = collected as { elmo: { reports: Report[] } }
      return elmo.reports[0]!.learningOpportunitySpecification!.map(({ title }) => title[0]!.value)
    }
    expect(await titles({})).toEqual(['passed'])
    expect(await titles({ failed: true, inProgress: true })).toEqual(['passed', 'failed', 'in-progress'])
  })

  it('remembers where attachments are read later, and takes no bytes now', async () => {
    const lazy = { id: 'coast/1', key: 'k', mediaType: 'application/pdf' }
    const report = { ...reportOf('coast'), lazyAttachments: [lazy] }
    const collected = await collect([sis('coast', { reports: [report] })])
    expect(collected).toMatchObject({
      elmo: { reports: [reportOf('coast')] },
      attachments: [{ connection: 'coast', enrolment: { person: 'key-coast' }, attachment: lazy }],
    })
  })

  describe('at a source that answers with the leave of the student', () => {
    /** Knows whoever holds the right grant, and says nothing about a number that a login could bring. */
    const delegated = (): SisConnection => {
      const plain = sis('usos')
      return {
        ...plain,
        source: {
          ...plain.source!,
          can: { findBy: [], delegated: true, failed: true, inProgress: true },
          find: async ({ grant }) =>
            grant?.secret === 'right' ? [enrolmentAt('usos', { identifier: [], givenNames: 'Aino' })] : [],
        },
      }
    }

    it('finds the person by their grant, and gives it to no other source', async () => {
      const seen: unknown[] = []
      const other = sis('coast')
      const source = { ...other.source!, find: async (subject: object) => (seen.push(subject), [enrolmentAt('coast')]) }
      const grant = { connection: 'usos', secret: 'right' }
      const collected = await collect([delegated(), { ...other, source }], anonymous, { grant })
      expect(collected).toMatchObject({ elmo: { reports: [reportOf('usos')] } })
      expect(JSON.stringify(seen)).not.toContain('right')
    })

    it('finds nobody without it, and says that the login does not suffice', async () => {
      expect(await collect([delegated()])).toMatchObject({ end: 'ID_INSUFFICIENT' })
    })
  })
})
