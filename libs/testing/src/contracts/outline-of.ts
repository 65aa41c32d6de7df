import type { LangString, LearningOpportunitySpecification, Report } from '@emrex-gateway/elmo'
import { terms, type Dialect, type StudyResult } from '../population/index.js'

/** The facts of one result that a receiver works with; absent is absent. */
export interface Outline {
  readonly code?: string
  readonly title: readonly LangString[]
  readonly type?: string
  readonly credit?: { readonly scheme: string; readonly value: string }
  readonly grade?: string
  readonly status?: string
  readonly date?: string
  readonly term?: { readonly start: string; readonly end: string }
  readonly language?: string
  readonly eqf?: string
  readonly distribution?: Readonly<Record<string, string>>
  readonly parts?: readonly Outline[]
}

/** What a plugin said. */
export function outlineOf(los: LearningOpportunitySpecification, dialect: Dialect): Outline {
  const { instance } = los
  const code = los.identifier?.find(({ type }) => type === 'local')?.value
  const credit = instance.credit?.[0]
  const eqf = instance.level?.find(({ type }) => type === 'EQF')?.value
  const { academicTerm, resultDistribution } = instance
  return compact({
    code,
    title: los.title.map(({ value, lang }) => compact({ value, lang })),
    type: los.type,
    credit: credit && { scheme: credit.scheme, value: credit.value ?? '' },
    grade: instance.resultLabel,
    status: instance.status,
    date: instance.date,
    term: ifHeld('terms', dialect, academicTerm && { start: academicTerm.start, end: academicTerm.end }),
    language: ifHeld('languages', dialect, instance.languageOfInstruction),
    eqf: ifHeld('levels', dialect, eqf),
    distribution: ifHeld(
      'distributions',
      dialect,
      resultDistribution && Object.fromEntries(resultDistribution.category.map(({ label, count }) => [label, count])),
    ),
    parts: los.parts?.map((part) => outlineOf(part, dialect)),
  })
}

/** What the population holds, in the words of the system. */
export function expectedOutline(result: StudyResult, dialect: Dialect, isPart = false): Outline {
  const { outcome, credits, unit, term, language, level, distribution } = result
  const persons = Object.values(distribution ?? {}).reduce((sum, count) => sum + count, 0)
  const counts = Object.entries(distribution ?? {}).map(
    ([each, count]) => [dialect.grades[each as StudyResult['outcome']] ?? each, String(count)] as const,
  )
  const isCreditKnown =
    credits !== undefined &&
    outcome !== 'in-progress' &&
    !((isPart || result.kind === 'module') && dialect.partsWithoutCredits === true)
  const hasGrade = result.recognised !== true && !(result.kind === 'degree' && dialect.degreesWithoutGrades === true)
  return compact({
    code: dialect.code === undefined ? result.code : dialect.code(result),
    title: dialect.titles?.(result) ?? usualTitles(result, dialect),
    type:
      dialect.type?.(result) ??
      { course: 'Course', module: dialect.partType ?? 'Module', degree: 'Degree Programme' }[result.kind],
    credit: isCreditKnown
      ? { scheme: unit === 'hours' ? (dialect.hours ?? 'hours') : 'ects', value: credits }
      : undefined,
    grade: hasGrade ? dialect.grades[outcome] : undefined,
    status: { 'in-progress': 'in-progress', fail: 'failed' }[outcome as string] ?? 'passed',
    date: dialect.date === undefined ? result.date : dialect.date(result),
    term: ifHeld('terms', dialect, result.kind === 'degree' ? undefined : (dialect.term?.(term) ?? terms[term])),
    language: ifHeld('languages', dialect, language),
    eqf: ifHeld('levels', dialect, level && { bachelor: '6', master: '7' }[level]),
    distribution: ifHeld(
      'distributions',
      dialect,
      persons < 5 || counts.length === 0 ? undefined : Object.fromEntries(counts),
    ),
    parts: result.parts?.map((part) => expectedOutline(part, dialect, result.kind !== 'degree')),
  })
}

const usualTitles = ({ title, titleEnglish }: StudyResult, { language }: Dialect): LangString[] => [
  { value: title, lang: language },
  ...(titleEnglish === undefined || titleEnglish === title ? [] : [{ value: titleEnglish, lang: 'en' }]),
]

const ifHeld = <Value>(what: Dialect['lacks'][number], { lacks }: Dialect, value: Value): Value | undefined =>
  lacks.includes(what) ? undefined : value

const compact = <Shape extends object>(shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Shape

/** Every result of the reports, wholes before their parts. */
export function everyResult(reports: readonly Report[]): LearningOpportunitySpecification[] {
  const down = (los: LearningOpportunitySpecification): LearningOpportunitySpecification[] => [
    los,
    ...(los.parts ?? []).flatMap(down),
  ]
  return reports.flatMap(({ learningOpportunitySpecification }) => learningOpportunitySpecification ?? []).flatMap(down)
}
