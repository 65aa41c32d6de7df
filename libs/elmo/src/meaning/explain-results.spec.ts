import { goldenElmo } from '../../test/golden.js'
import { explainResults } from './explain-results.js'
import { resultDoubtTexts } from './result-doubts.js'

const rowsOf = (name: string) => explainResults(goldenElmo(name)).reports.flatMap(({ results }) => results)

describe('explainResults', () => {
  it('tells everything of a result in one row', () => {
    const elmo = goldenElmo('modules')
    const { instance } = elmo.reports[0]!.learningOpportunitySpecification![0]!
    Object.assign(instance, {
      date: '2026-01-31+01:00',
      languageOfInstruction: ' SV ',
      level: [{ type: 'EQF', value: '6' }],
    })
    const { sums, reports } = explainResults(elmo)
    expect(reports[0]).toMatchObject({
      reportIndex: 0,
      issuer: 'Example University',
      completeness: { extent: 'unknown' },
      sums,
    })
    expect(reports[0]?.results[0]).toEqual({
      id: '0/0',
      depth: 0,
      title: { value: 'Chemistry', lang: 'en' },
      type: 'Course',
      key: { code: 'K1', from: 'local', type: 'local' },
      unit: true,
      ects: '15',
      credits: 'credits',
      counted: { frontier: true, course: true },
      status: { status: 'passed', certain: true, reason: 'stated' },
      grade: 'VG',
      date: { date: '2026-01-31', from: 'date', doubts: [] },
      level: { eqf: '6', from: 'EQF' },
      languageOfInstruction: 'sv',
      doubts: [],
    })
  })

  it('gives a type as the format writes it, and one that it does not have as it is written', () => {
    const elmo = goldenElmo('modules')
    const los = elmo.reports[0]!.learningOpportunitySpecification![0]!
    const typeOf = (type: string) => {
      los.type = type
      return explainResults(elmo).reports[0]!.results[0]!.type
    }
    expect([' Degree programme', 'COURSE', 'Thesis'].map(typeOf)).toEqual(['Degree Programme', 'Course', 'Thesis'])
  })

  it('gives rows in the order of the document, parts behind their whole', () => {
    expect(rowsOf('modules').map(({ id, parent, depth }) => [id, parent, depth])).toEqual([
      ['0/0', undefined, 0],
      ['0/0/0', '0/0', 1],
      ['0/0/1', '0/0', 1],
      ['0/0/1/0', '0/0/1', 2],
    ])
  })

  it('keeps apart the four meanings of no credits', () => {
    const elmo = goldenElmo('credits')
    const results = elmo.reports[0]!.learningOpportunitySpecification!
    const failed = { ...results[0]!, instance: { ...results[0]!.instance, status: 'failed' as const } }
    const zero = results[0]!
    const whole = { ...zero, parts: [{ ...results[3]!, title: [] }] }
    elmo.reports[0]!.learningOpportunitySpecification = [zero, failed, whole, results[1]!, results[2]!]
    const rows = explainResults(elmo).reports[0]!.results.filter(({ depth }) => depth === 0)
    expect(rows.map(({ credits, ects }) => [credits, ects])).toEqual([
      ['zero-passed', '0'],
      ['zero-not-passed', '0'],
      ['zero-whole', '0'],
      ['not-stated', undefined],
      ['not-stated', undefined],
    ])
  })

  it('does not count a course twice that two reports of one institution show', () => {
    const elmo = goldenElmo('modules')
    elmo.reports.push(structuredClone(elmo.reports[0]!))
    const { sums, reports } = explainResults(elmo)
    expect(sums.frontier).toMatchObject({ ects: '15', counted: 1 })
    expect(reports.map((report) => report.sums.frontier.ects)).toEqual(['15', '15'])
    expect(reports[1]?.results[0]).toMatchObject({ repeats: '0/0', unit: false, counted: { frontier: false } })
  })

  it('shows a result that a recognition decision shows better as the one that was counted', () => {
    const elmo = goldenElmo('modules')
    const [report] = elmo.reports
    const [chemistry] = report!.learningOpportunitySpecification!
    const recognised = { ...chemistry!, instance: { ...chemistry!.instance, date: '2026-01-20' } }
    const instance = { credit: chemistry!.instance.credit }
    report!.learningOpportunitySpecification = [{ ...chemistry!, instance, parts: [] }]
    report!.resultOfRecognition = [{ status: 'Positive', recognitionResult: [recognised] }]
    const { sums, reports } = explainResults(elmo)
    expect(sums.frontier).toMatchObject({ ects: '15', counted: 1 })
    expect(reports[0]!.results).toMatchObject([{ id: '0/0', unit: true, counted: { frontier: true, course: true } }])
    expect(reports[0]!.results[0]).not.toHaveProperty('repeats')
  })

  it('chooses the wanted language and names a report without a title by its address', () => {
    const elmo = goldenElmo('two-reports')
    expect(explainResults(elmo, { languages: ['fi'] }).reports[1]?.issuer).toBe('Esimerkkiyliopisto')
    elmo.reports[1]!.issuer.title = []
    expect(explainResults(elmo).reports[1]?.issuer).toBe('https://other.example/')
  })

  it('holds nothing of the learner', () => {
    const elmo = goldenElmo('maximal')
    const { givenNames, familyName, bday } = elmo.learner
    const told = JSON.stringify(explainResults(elmo))
    for (const value of [givenNames, familyName, bday ?? '']) {
      expect(value).not.toBe('')
      expect(told).not.toContain(value)
    }
  })

  it('has plain words for each doubt', () => {
    for (const text of Object.values(resultDoubtTexts)) expect(text).toMatch(/^[A-Z].*\.$/)
  })
})
