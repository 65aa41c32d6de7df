import { calendarDay, decimalText, languageTexts, plainTextOfHtml, type Notice } from '@emrex-gateway/core'
import type { LangString, LearningOpportunityInstance, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { Texts, UsosGrade, UsosTerm } from '../api/answers.js'
import type { StudyRecord } from '../api/read-record.js'
import { statusOfGrade } from './counting-grade.js'
import type { Attempt } from './course-attempts.js'
import { gradeSpread } from './grade-spread.js'

type Part = Partial<LearningOpportunityInstance>

/** A course with what the student made of it, and its units that have a grade of their own. */
export function buildCourse(
  attempt: Attempt,
  record: StudyRecord,
  notices: Notice[],
): LearningOpportunitySpecification {
  const { course, edition, units, status, grade } = attempt
  const known = record.courses.get(course)
  // Courses leave the catalogue; what the student's own record says about them stays.
  if (known === undefined) notices.push({ notice: 'partly-read', detail: course })
  const term = termOf(record.terms.get(attempt.term), attempt.term, notices)
  const description = descriptionOf(known?.description, wholeSpread(attempt, notices))
  const parts = units.map((unit) => buildUnit(unit, attempt, record, term, notices))
  return {
    // The id is whatever the university writes: `S1Inf1>ASK`, with blanks and slashes.
    identifier: [{ type: 'local', value: course }],
    title: titleOf(edition?.course_name ?? known?.name, course, notices),
    type: 'Course',
    ...(description.length > 0 ? { description } : {}),
    instance: {
      ...dateOf(grade, course, notices),
      ...term,
      ...(status === undefined ? {} : { status }),
      ...gradeOf(grade),
      ...(status === 'in-progress' ? {} : creditOf(attempt.points, course, notices)),
      ...languageOf(known?.lang_id, course, notices),
    },
    ...(parts.length > 0 ? { parts } : {}),
  }
}

/** Credits belong to the course: a unit has none. */
function buildUnit(
  { id, grade }: Attempt['units'][number],
  { course, examinations }: Attempt,
  { unitNames }: StudyRecord,
  term: Part,
  notices: Notice[],
): LearningOpportunitySpecification {
  const status = statusOfGrade(grade)
  const examination = examinations.find(({ course_unit }) => course_unit?.id === id)
  const description = descriptionOf(undefined, gradeSpread(examination, course, notices))
  return {
    identifier: [{ type: 'local', value: id }],
    title: titleOf(unitNames.get(id), id, notices),
    type: 'Class',
    ...(description.length > 0 ? { description } : {}),
    instance: {
      ...dateOf(grade, course, notices),
      ...term,
      ...(status === undefined ? {} : { status }),
      ...gradeOf(grade),
    },
  }
}

function titleOf(name: Texts, id: string, notices: Notice[]): LangString[] {
  const title = languageTexts({ pl: name?.pl, en: name?.en })
  if (title.length > 0) return title
  notices.push({ notice: 'title-missing', detail: id })
  return [{ value: id }]
}

/** The spread over the whole course: of its only examination, where that is not of a unit that stands here itself. */
function wholeSpread({ course, examinations, units }: Attempt, notices: Notice[]) {
  const [only, ...others] = examinations.filter(({ course_unit }) => !units.some(({ id }) => id === course_unit?.id))
  if (others.length === 0) return gradeSpread(only, course, notices)
  notices.push({ notice: 'distribution-left-out', detail: course })
  return undefined
}

function descriptionOf(html: Texts, spread: Readonly<Record<'pl' | 'en', string>> | undefined): LangString[] {
  return (['pl', 'en'] as const).flatMap((lang) => {
    const text = plainTextOfHtml(html?.[lang] ?? '')
    // Some fill the English field with the Polish text.
    const own = lang === 'en' && html?.en === html?.pl ? '' : text
    const value = [own, spread?.[lang] ?? ''].filter((each) => each !== '').join('\n\n')
    return value === '' ? [] : [{ value, lang }]
  })
}

function termOf(term: UsosTerm | undefined, id: string, notices: Notice[]): Part {
  const title = languageTexts({ pl: term?.name?.pl, en: term?.name?.en })
  // `finish_date` lies behind the resits; the term itself ends before.
  const [start, end] = [calendarDay(term?.start_date ?? undefined), calendarDay(term?.end_date ?? undefined)]
  if (start !== undefined && end !== undefined && start <= end)
    return { academicTerm: { title: title.length > 0 ? title : [{ value: id }], start, end } }
  notices.push({ notice: 'term-incomplete', detail: id })
  return {}
}

/** The clock time behind the day has no zone: it is cut off. */
function dateOf(grade: UsosGrade | undefined, course: string, notices: Notice[]): Part {
  if (grade === undefined) return {}
  const date = calendarDay(grade.date_acquisition ?? undefined)
  if (date !== undefined) return { date }
  const isThere = (grade.date_acquisition ?? '') !== ''
  notices.push({ notice: isThere ? 'date-unreadable' : 'date-missing', detail: course })
  return {}
}

/** As printed: 5,5 or ZAL, and a scale beside it. */
const gradeOf = (grade: UsosGrade | undefined): Part => ({
  ...((grade?.value_symbol ?? '') === '' ? {} : { resultLabel: grade!.value_symbol! }),
  ...((grade?.grade_type_id ?? '') === '' ? {} : { gradingSchemeLocalId: grade!.grade_type_id! }),
})

/** "0.00" is a statement, and nothing is none. */
function creditOf(points: string | undefined, course: string, notices: Notice[]): Part {
  if (points === undefined) return {}
  const value = decimalText(points)
  if (value !== undefined) return { credit: [{ scheme: 'ects', value }] }
  notices.push({ notice: 'credits-unreadable', detail: course })
  return {}
}

/** Two letters or three, as the university writes them. */
function languageOf(code: string | null | undefined, course: string, notices: Notice[]): Part {
  if (code === undefined || code === null || code === '') return {}
  let language: string | undefined
  try {
    language = Intl.getCanonicalLocales(code)[0]?.toLowerCase()
  } catch {
    language = undefined
  }
  if (language !== undefined && /^[a-z]{2}$/.test(language)) return { languageOfInstruction: language }
  notices.push({ notice: 'language-unknown', detail: course })
  return {}
}
