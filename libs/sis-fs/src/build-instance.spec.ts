import type { Notice } from '@emrex-gateway/core'
import { buildInstance, credits } from './build-instance.js'
import type { FsResult } from './fs-answers.js'
import { proofsAnswer } from './fs-answers.js'
import { fsSettings } from './fs-settings.js'

const settings = (more: object = {}) =>
  fsSettings.parse({
    organisasjonskode: '9901',
    auth: { kind: 'bearer', tokenFile: 'token' },
    institution: { title: 'First' },
    ...more,
  })

function resultWith(fields: object): FsResult {
  const node = {
    ...{ __typename: 'Resultat', id: 'one', gyldig: true, emne: { kode: 'A', versjonskode: '1' } },
    vurderingsoppbygningsdelskode: 'S',
    karakter: { navn: { nob: 'Bestått', eng: 'Passed' } },
    ...fields,
  }
  const { proofs } = proofsAnswer.parse({ proofs: { pageInfo: { hasNextPage: false }, nodes: [node] } })
  return proofs.nodes[0] as FsResult
}

function told(fields: object, more: object = {}) {
  const notices: Notice[] = []
  const instance = buildInstance(resultWith(fields), { settings: settings(more), notices, about: 'A-1' })
  return { instance, notices }
}
const termOf = (arstall: number | null, kode: string | null) => ({
  vurderingsenhet: { terminPeriode: { sluttTermin: { arstall, betegnelse: { kode } } } },
})

describe('credits', () => {
  const weigh = (verdi: unknown, kode?: string | null, vektenheterPerSemester?: unknown) => {
    const notices: Notice[] = []
    const { gjeldendeVekting } = resultWith({
      gjeldendeVekting: { verdi, vektingstype: { kode, vektenheterPerSemester } },
    })
    return [credits(gjeldendeVekting, { settings: settings(), notices, about: 'A-1' }).credit, notices]
  }
  const leftOut = [undefined, [{ notice: 'credits-unreadable', detail: 'A-1' }]]
  it.each([
    [7.5, 'SP', 30, 'ects', '7.5'],
    ['10.00', 'SP', '30.0', 'ects', '10'],
    [0, 'SP', 30, 'ects', '0'],
    [5, 'SP', null, 'ects', '5'],
    [20, 'VT', 30, 'ects', '20'],
  ])('%s %s of %s in a semester are %s %s', (verdi, kode, perSemester, scheme, value) => {
    expect(weigh(verdi, kode, perSemester)).toEqual([[{ scheme, value }], []])
  })
  it.each([
    [3.5, 'VT', 10, 'VT', '3.5'],
    [5, 'SP', 20, 'SP', '5'],
    [5, 'VT', null, 'VT', '5'],
  ])('%s %s of %s in a semester keep their unit', (verdi, kode, perSemester, scheme, value) => {
    expect(weigh(verdi, kode, perSemester)).toEqual([[{ scheme, value }], [{ notice: 'unit-kept', detail: 'A-1' }]])
  })
  it('are left out, and told, where they cannot be read or have no unit', () => {
    expect(weigh(-1, 'SP', 30)).toEqual(leftOut)
    expect(weigh('many', 'SP', 30)).toEqual(leftOut)
    expect(weigh(5, null, 10)).toEqual(leftOut)
  })
  it('are nothing where FS says nothing', () => {
    expect(weigh(null, 'SP', 30)).toEqual([undefined, []])
  })
})

describe('buildInstance', () => {
  it('takes the status as FS says it, and none where it says none', () => {
    expect(told({ vurderingsresultatstatus: { bestatt: true } }).instance.status).toBe('passed')
    expect(told({ vurderingsresultatstatus: { bestatt: false } }).instance.status).toBe('failed')
    expect(told({ vurderingsresultatstatus: { bestatt: null } }).instance).not.toHaveProperty('status')
    expect(told({ vurderingsresultatstatus: null }).instance).not.toHaveProperty('status')
  })

  it('prints the grade in the language of the settings, else as it is there', () => {
    expect(told({}).instance.resultLabel).toBe('Bestått')
    expect(told({}, { gradeLanguage: 'en' }).instance.resultLabel).toBe('Passed')
    expect(told({}, { gradeLanguage: 'se' }).instance.resultLabel).toBe('Bestått')
    expect(told({ karakter: { tall: 2.3, regel: { kode: 10 } } }).instance).toMatchObject({
      resultLabel: '2.3',
      gradingSchemeLocalId: 'FS-10',
    })
    expect(told({ karakter: null })).toMatchObject({ notices: [{ notice: 'grade-missing', detail: 'A-1' }] })
  })

  it.each([
    ['HØST', '2023-07-01', '2023-12-31', 'Autumn 2023'],
    ['Host', '2023-07-01', '2023-12-31', 'Autumn 2023'],
    ['VÅR', '2023-01-01', '2023-06-30', 'Spring 2023'],
  ])('gives the term %s its days by the calendar of the settings', (code, start, end, english) => {
    const { academicTerm } = told(termOf(2023, code)).instance
    expect(academicTerm).toEqual({
      title: [
        { value: `2023 ${code}`, lang: 'nb' },
        { value: english, lang: 'en' },
      ],
      start,
      end,
    })
  })

  it('lets a term of the settings end in the next year', () => {
    const terms = [{ code: 'HØST', start: '08-15', end: '01-31' }]
    const { academicTerm } = told(termOf(2023, 'HØST'), { terms }).instance
    expect(academicTerm).toMatchObject({ start: '2023-08-15', end: '2024-01-31', title: [{ lang: 'nb' }] })
  })

  it('leaves a term out whose days are not known, and says so', () => {
    const incomplete = [{ notice: 'term-incomplete', detail: 'A-1' }]
    expect(told(termOf(2023, 'SOM'))).toMatchObject({ notices: incomplete })
    expect(told(termOf(2023, 'SOM')).instance).not.toHaveProperty('academicTerm')
    expect(told(termOf(2023, 'X'), { terms: [{ code: 'X', start: '02-30', end: '06-30' }] }).notices).toEqual(
      incomplete,
    )
    expect(told(termOf(null, 'HØST'))).toMatchObject({ notices: [] })
  })

  const counts = (letters: object | null, antallStryk: number | null) => ({
    vurderingsenhet: { resultatfordeling: { karakterFordeling: letters, antallStryk } },
  })
  it('gives a distribution as counts, F from those who failed', () => {
    const all = { antallA: 3, antallB: 0, antallC: 9, antallD: 1, antallE: null }
    expect(told(counts(all, 2)).instance.resultDistribution?.category).toEqual([
      { label: 'A', count: '3' },
      { label: 'B', count: '0' },
      { label: 'C', count: '9' },
      { label: 'D', count: '1' },
      { label: 'F', count: '2' },
    ])
  })

  it('hides the distribution of a few, or of what are no counts, and says so', () => {
    const hidden = [{ notice: 'distribution-left-out', detail: 'A-1' }]
    expect(told(counts({ antallA: 3 }, 1)).notices).toEqual(hidden)
    expect(told(counts({ antallA: 3 }, 1), { distributionMinPersons: 4 }).notices).toEqual([])
    expect(told(counts({ antallA: -3, antallB: 20 }, 1)).notices).toEqual(hidden)
    expect(told(counts({ antallA: 3.5, antallB: 20 }, 1)).notices).toEqual(hidden)
    expect(told(counts(null, 20))).toMatchObject({ notices: [] })
  })

  it('names a language of instruction only where one is offered', () => {
    const offered = (...languages: (string | null)[]) => ({
      emne: {
        kode: 'A',
        sprakvalg: languages.map((iso6391Kode) => ({ sprak: { iso6391Kode }, tilbysSomUndervisningssprak: true })),
      },
    })
    expect(told(offered('en')).instance.languageOfInstruction).toBe('en')
    expect(told(offered('en', 'en')).instance.languageOfInstruction).toBe('en')
    expect(told(offered('nb', 'en')).instance).not.toHaveProperty('languageOfInstruction')
    expect(told(offered(null)).instance).not.toHaveProperty('languageOfInstruction')
    const examOnly = {
      emne: { kode: 'A', sprakvalg: [{ sprak: { iso6391Kode: 'en' }, tilbysSomUndervisningssprak: false }] },
    }
    expect(told(examOnly).instance).not.toHaveProperty('languageOfInstruction')
  })

  it('gives the level where it is one of the European eight', () => {
    const at = (eqfnivakode: number | null) => told({ emne: { kode: 'A', studieniva: { eqfnivakode } } })
    expect(at(7).instance.level).toEqual([{ type: 'EQF', value: '7' }])
    expect(at(null)).toMatchObject({ notices: [] })
    expect(at(99).notices).toEqual([{ notice: 'level-unknown', detail: 'A-1' }])
  })

  it('gives no date of an examination, or the day of its recording where the settings say so, never shifted', () => {
    const recorded = { tidspunktOpprettet: '2024-01-10T23:30:00-08:00' }
    expect(told(recorded).instance).not.toHaveProperty('date')
    expect(told(recorded, { resultDate: 'recorded' }).instance.date).toBe('2024-01-10')
    expect(told({ tidspunktOpprettet: 'soon' }, { resultDate: 'recorded' }).instance).not.toHaveProperty('date')
  })

  it('gives a part no weight, whatever stands at it', () => {
    const structure = [
      { vurderingsoppbygningsdel: { kode: 'W' }, parent: null },
      { vurderingsoppbygningsdel: { kode: 'S' }, parent: { vurderingsoppbygningsdel: { kode: 'W' } } },
    ]
    const part = {
      emne: { kode: 'A', vurderingsoppbygninger: [{ oppbygningsdeler: structure }] },
      gjeldendeVekting: { verdi: 10, vektingstype: { kode: 'SP', vektenheterPerSemester: 30 } },
    }
    expect(told(part).instance).not.toHaveProperty('credit')
  })
})
