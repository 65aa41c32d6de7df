import type { Notice } from '@emrex-gateway/core'
import { studyRecord } from '../../test/study-record.js'
import type { StudyRecord } from '../api/read-record.js'
import { buildCourse } from './build-course.js'
import type { Attempt } from './course-attempts.js'

const course = { id: 'S1Inf1>ASK', name: { pl: 'Bazy', en: null }, lang_id: null, description: null }
function build(attempt: Partial<Attempt>, more: Partial<typeof course> = {}, record: Partial<StudyRecord> = {}) {
  const notices: Notice[] = []
  const known = studyRecord({ courses: new Map([[course.id, { ...course, ...more }]]), ...record })
  const whole = { course: course.id, term: '2022Z', status: 'passed' as const, units: [], examinations: [], ...attempt }
  return { ...buildCourse(whole, known, notices), notices }
}
const graded = (date_acquisition: string | null) => ({ value_symbol: '5!', passes: true, date_acquisition })

describe('buildCourse', () => {
  it('keeps "0.00" as zero, and says nothing where nothing is known', () => {
    const credit = (points?: string) => build({ points }).instance.credit
    expect(credit('0.00')).toEqual([{ scheme: 'ects', value: '0' }])
    expect(credit('2.50')).toEqual([{ scheme: 'ects', value: '2.5' }])
    expect(credit()).toBeUndefined()
    expect(build({ points: 'five' })).toMatchObject({ notices: [{ notice: 'credits-unreadable', detail: course.id }] })
    expect(build({ points: '5.00', status: 'in-progress' }).instance.credit).toBeUndefined()
  })

  it('takes the id for the code, whatever is in it', () => {
    expect(build({}).identifier).toEqual([{ type: 'local', value: 'S1Inf1>ASK' }])
  })

  it('cuts the day out of a time and never shifts it', () => {
    expect(build({ grade: graded('2024-01-31 23:59:59') }).instance.date).toBe('2024-01-31')
    expect(build({ grade: graded('2024-02-01 00:00:00') }).instance.date).toBe('2024-02-01')
    expect(build({ grade: graded(null) }).notices).toEqual([{ notice: 'date-missing', detail: course.id }])
    expect(build({ grade: graded('soon') }).notices).toEqual([{ notice: 'date-unreadable', detail: course.id }])
  })

  it('prints a grade as given, and none where only the units have one', () => {
    expect(build({ grade: graded('2024-01-31') }).instance.resultLabel).toBe('5!')
    const units = [{ id: '77', grade: { value_symbol: 'NZAL', passes: false } }]
    const built = build({ units, points: '5.00' }, {}, { unitNames: new Map([['77', { pl: 'Wykład', en: 'Wykład' }]]) })
    expect(built.instance).not.toHaveProperty('resultLabel')
    expect(built.parts).toMatchObject([
      { type: 'Class', title: [{ value: 'Wykład', lang: 'pl' }], instance: { resultLabel: 'NZAL', status: 'failed' } },
    ])
    expect(built.parts![0]!.instance).not.toHaveProperty('credit')
  })

  it('drops an English title that is missing, empty or only repeats the Polish one', () => {
    for (const en of [null, '', 'Bazy'])
      expect(build({}, { name: { pl: 'Bazy', en: en as null } }).title).toEqual([{ value: 'Bazy', lang: 'pl' }])
    expect(build({}, { name: { pl: 'Bazy', en: 'Databases' as never } }).title).toHaveLength(2)
    expect(build({}, { name: null as never }).notices).toEqual([{ notice: 'title-missing', detail: course.id }])
  })

  it('takes languages in two letters or three, and leaves out what it does not know', () => {
    const language = (lang_id: string) => build({}, { lang_id: lang_id as never }).instance.languageOfInstruction
    expect(['pol', 'eng', 'pl', 'EN', 'deu'].map(language)).toEqual(['pl', 'en', 'pl', 'en', 'de'])
    for (const unknown of ['inny', 'pol/eng', '!']) expect(language(unknown)).toBeUndefined()
    expect(build({}, { lang_id: 'pol/eng' as never }).notices).toEqual([
      { notice: 'language-unknown', detail: course.id },
    ])
  })

  it('ends a term before the resits, and leaves one out whose ends are not known', () => {
    expect(build({}).instance.academicTerm).toEqual({
      title: [{ value: 'Zima', lang: 'pl' }],
      start: '2022-10-01',
      end: '2023-02-12',
    })
    const built = build({ term: '1999' })
    expect(built.instance).not.toHaveProperty('academicTerm')
    expect(built.notices).toEqual([{ notice: 'term-incomplete', detail: '1999' }])
  })

  it('says so when the course is not in the catalogue any more', () => {
    expect(build({}, {}, { courses: new Map() }).notices).toContainEqual({ notice: 'partly-read', detail: course.id })
  })
})
