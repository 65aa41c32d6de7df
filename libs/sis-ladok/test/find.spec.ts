import { decideLookup, SisError, sisContext, type Claim, type Identity, type ResultSource } from '@emrex-gateway/core'
import { ladokOwnStudent, startLadok, type LadokStandIn, type LadokStudent } from '@emrex-gateway/testing'
import { studentOf, students } from '@emrex-gateway/testing/population'
import { connectLadok, type LadokConnection } from './connect-ladok.js'
import { esiOf, subjectOf } from './subject-of.js'

const context = sisContext(60, 'find')

/** So many people of one name, born on three days in turn. */
const namesakes = (count: number): LadokStudent[] =>
  Array.from({ length: count }, (_, index) => ({
    given: 'Anna',
    family: 'Samnamn',
    birthDate: `2000-01-0${1 + (index % 3)}`,
    gender: '2' as const,
    number: String(700_000 + index),
    key: `2d0a6b1e-0000-4000-8000-${String(index).padStart(12, '0')}`,
    results: { first: [] },
  }))

describe('findStudents', () => {
  let ladok: LadokStandIn
  let opened: LadokConnection[]
  let source: ResultSource
  const open = async (...how: Parameters<typeof connectLadok> extends [unknown, ...infer Rest] ? Rest : never) => {
    const one = await connectLadok(ladok, ...how)
    opened.push(one)
    return one.connection.source!
  }
  const find = (...claims: Claim[]) => source.find({ claims }, context)
  beforeAll(async () => {
    ladok = await startLadok({ students: [...students, ladokOwnStudent, ...namesakes(250)] })
  })
  beforeEach(async () => {
    opened = []
    source = await open()
  })
  afterEach(() => Promise.all(opened.map((one) => one.close())))
  afterAll(() => ladok.close())

  it('finds somebody by a Swedish number, and shows it as national identifier', async () => {
    const [found, ...others] = await find({ type: 'nationalId', country: 'SE', value: '191212121212' })
    expect(others).toEqual([])
    expect(found).toMatchObject({ foundBy: 'nationalId', institution: { code: 'NBU', country: 'SE' } })
    expect(found!.learner).toEqual({
      identifier: [
        { type: 'nationalIdentifier', value: '191212121212' },
        { type: 'esi', value: esiOf(ladokOwnStudent) },
      ],
      givenNames: 'Tolva Prov',
      familyName: 'Testnummersdotter',
      bday: '1912-12-12',
      gender: '2',
    })
  })

  it('says of an ESI of Ladok that it is its own: it proves who somebody is without a birth date', async () => {
    const value = esiOf(ladokOwnStudent)
    const found = await find({ type: 'esi', value })
    const identity: Identity = {
      ...{ provider: 'myacademicid', issuer: 'i', subject: 's', loa: 'none', authenticatedAt: '2026-02-11T10:00:00Z' },
      ...{ names: [], identifiers: [{ scheme: 'esi', value, persistence: 'lifelong' }], roles: [] },
    }
    expect(decideLookup(identity, found)).toEqual({ found })
  })

  it('takes the century of a number of ten digits from the birth date, and asks nothing without one', async () => {
    const short = { type: 'nationalId', country: 'SE', value: '121212-1212' } as const
    expect(await find(short, { type: 'birthDate', value: '1912-12-12' })).toHaveLength(1)
    const before = ladok.requests
    expect(await find(short)).toEqual([])
    expect(ladok.requests).toBe(before)
    // A samordningsnummer has 60 more in its day; nobody has this one.
    const coordination = { type: 'nationalId', country: 'SE', value: '701063-2391' } as const
    await find(coordination, { type: 'birthDate', value: '1970-10-03' })
    expect(ladok.requests).toBe(before + 1)
  })

  it('asks for the numbers of no other country, though they look alike', async () => {
    const before = ladok.requests
    expect(await find({ type: 'nationalId', country: 'FI', value: '191212121212' })).toEqual([])
    expect(ladok.requests).toBe(before)
  })

  it('neither finds by an interim number nor shows one as national identifier', async () => {
    const before = ladok.requests
    expect(await find({ type: 'nationalId', country: 'SE', value: '19890605T101' })).toEqual([])
    expect(ladok.requests).toBe(before)
    const [found] = await source.find(subjectOf(studentOf('ada')), context)
    expect(found!.learner.identifier!.map(({ type }) => type)).toEqual(['esi'])
  })

  it('goes on to the ESI where the number finds nobody, however Ladok says so', async () => {
    const found = await find(
      { type: 'nationalId', country: 'SE', value: '197010632391' },
      // 400 with "a value that must be there is missing", which means nobody.
      { type: 'esi', value: esiOf({ key: '1d0a6b1e-0000-4000-8000-000000000404' }) },
      { type: 'esi', value: esiOf(studentOf('bo')).toUpperCase() },
    )
    expect(found.map(({ foundBy }) => foundBy)).toEqual(['esi'])
  })

  it('leaves the ESI of another issuer alone, and one that holds no UUID', async () => {
    const before = ladok.requests
    const prefix = 'urn:schac:personalUniqueCode:int:esi:'
    for (const end of ['norrberg.example:500101', 'ladok.se:externtstudentuid-../personnummer/191212121212'])
      expect(await find({ type: 'esi', value: `${prefix}${end}` })).toEqual([])
    expect(ladok.requests).toBe(before)
  })

  it('gives everybody of a name and a birth date, through all pages', async () => {
    const small = await open({ settings: { searchPageSize: 20 } })
    const before = ladok.requests
    const found = await small.find(subjectOf(namesakes(2)[1]!, 'birthDate'), context)
    expect(found).toHaveLength(83)
    expect(new Set(found.map(({ person }) => person)).size).toBe(83)
    expect(found.every(({ learner }) => learner.bday === '2000-01-02')).toBe(true)
    expect(ladok.requests - before).toBeGreaterThanOrEqual(13)
  })

  it('gives up a name that too many people share, instead of giving some of them', async () => {
    const narrow = await open({ settings: { searchMaxPeople: 100 } })
    await expect(narrow.find(subjectOf(namesakes(1)[0]!, 'birthDate'), context)).rejects.toMatchObject({
      name: 'SisError',
      kind: 'ambiguous',
    })
  })

  it('finds somebody who has a single name', async () => {
    expect(await source.find(subjectOf(studentOf('jonna'), 'birthDate'), context)).toHaveLength(1)
  })

  it('gives nobody away whose identity is protected, whichever way they are found', async () => {
    for (const way of ['esi', 'birthDate'] as const) {
      const outcome: unknown = await source.find(subjectOf(studentOf('isak'), way), context).catch((e: unknown) => e)
      expect(outcome).toBeInstanceOf(SisError)
      expect((outcome as SisError).kind).toBe('forbidden')
    }
  })

  it('reads a student of two universities through two connections, each for itself', async () => {
    const second = await open({ seat: 'second' })
    const read = async (from: ResultSource) => {
      const [enrolment] = await from.find(subjectOf(studentOf('cyra')), context)
      const codes: (string | undefined)[] = []
      for await (const item of from.reports(enrolment!, { failed: false, inProgress: false }, context, { claims: [] }))
        if ('issuer' in item)
          for (const los of item.learningOpportunitySpecification!)
            codes.push(item.issuer.title[0]!.value, los.identifier?.[0]?.value)
      return { person: enrolment!.person, codes }
    }
    const [there, elsewhere] = [await read(source), await read(second)]
    expect(there.codes).toEqual(['Norrbergs universitet', 'CY-1'])
    expect(elsewhere.codes).toEqual(['Högskolan i Sundvik', 'CY-2'])
    // Each university has its own key for the same person; the certificate decides whose is asked.
    expect(there.person).not.toBe(elsewhere.person)
    expect(await second.find(subjectOf(studentOf('ada')), context)).toEqual([])
  })
})
