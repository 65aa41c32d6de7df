import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readElmo } from '../src/document/read-elmo.js'
import { explainResults, type ExplainedDocument, type ExplainedResult } from '../src/meaning/explain-results.js'
import { explainedOutline } from './explained-outline.js'

const folder = fileURLToPath(new URL('../testdata/countries', import.meta.url))
const read = (country: string) => readElmo(readFileSync(join(folder, `${country}.xml`)))
const countries = readdirSync(folder)
  .filter((file) => file.endsWith('.xml'))
  .map((file) => file.slice(0, -'.xml'.length))

const explained = (country: string): ExplainedDocument => explainResults(read(country).elmo)
const totals = (country: string): unknown => {
  const { frontier, course, differ } = explained(country).sums
  return [frontier.ects, frontier.certain, course.ects, course.certain, differ]
}
const rowOf = (country: string, code: string): ExplainedResult => {
  const row = explained(country).reports[0]?.results.find(({ key }) => key.code === code)
  if (row === undefined) throw new Error(`no result ${code} in the document of ${country}`)
  return row
}

// One invented document for each way in which a country was seen to differ.
describe('explainResults, country by country', () => {
  it.each(countries)('gives what the golden file of %s says', (country) => {
    const golden: unknown = JSON.parse(readFileSync(join(folder, `${country}.json`), 'utf8'))
    expect(explainedOutline(read(country))).toEqual(golden)
  })

  it('Sweden: credits on every level count once, and a course below its degree is the one shown with its grade', () => {
    expect(totals('sweden')).toEqual(['52.5', '30', '52.5', '30', false])
    expect(rowOf('sweden', 'ST1').repeats).toBe('0/1')
    expect(rowOf('sweden', 'EH1').doubts).toEqual(['no-result'])
  })

  it('Norway: the code holds the version, and a safety course is worth zero', () => {
    expect(totals('norway')).toEqual(['15', '15', '15', '15', false])
    expect(rowOf('norway', 'INF1000-1').key).toEqual({ code: 'INF1000-1', from: 'local', type: 'local' })
    expect(rowOf('norway', 'HMS1-1').credits).toBe('zero-passed')
  })

  it('Denmark: courses inside courses, and failing grades without a status', () => {
    expect(totals('denmark')).toEqual(['22.5', '17.5', '22.5', '17.5', false])
    for (const code of ['MA2', 'PH1', 'CH1', 'CH2'])
      expect(rowOf('denmark', code)).toMatchObject({
        status: { status: 'failed', certain: false },
        doubts: ['failing-label'],
      })
    expect(rowOf('denmark', 'BENG')).toMatchObject({ credits: 'zero-whole', unit: false })
  })

  it('Finland: modules without a local code', () => {
    expect(totals('finland')).toEqual(['5', '5', '5', '5', false])
    expect(rowOf('finland', 'TIEY4').key).toEqual({ code: 'TIEY4', from: 'other', type: 'oodi' })
    expect(explained('finland').reports[0]?.results[2]).not.toHaveProperty('level')
  })

  it('Netherlands: no credits are not zero credits', () => {
    expect(totals('netherlands')).toEqual([undefined, undefined, undefined, undefined, false])
  })

  it('Germany: an average grade is no credit', () => {
    expect(totals('germany')).toEqual([undefined, undefined, undefined, undefined, false])
    const [abitur] = explained('germany').reports[0]!.results
    expect(abitur).toMatchObject({ credits: 'grade', doubts: ['no-result', 'grade-in-credit'], level: { eqf: '4' } })
    expect(abitur).not.toHaveProperty('ects')
  })

  it('Poland: several grades in one label', () => {
    expect(totals('poland')).toEqual(['16', '6', '16', '6', false])
    expect(rowOf('poland', '1000-214bWPI').doubts).toEqual(['several-grades'])
    expect(rowOf('poland', '1000-LOG').doubts).toEqual(['label-contradicts-status'])
  })

  it('Croatia: the namespace of a release, and a study that goes on', () => {
    expect(read('croatia').problems.map(({ rule }) => rule)).toContain('P-NS-VARIANT')
    expect(totals('croatia')).toEqual(['12', '12', '12', '12', false])
    expect(rowOf('croatia', 'STU1').status.status).toBe('in-progress')
  })
})
