import {
  courseCode,
  firstText,
  pickText,
  resultLevel,
  type Elmo,
  type LearningOpportunitySpecification,
  type Report,
} from '@emrex-gateway/elmo'
import { calendarDay } from './calendar-day.js'

/** One result as a flat row, as tables and files for staff hold it. `parent_item_no` keeps parts apart from wholes, so that nobody adds both. */
export interface ImportItem {
  readonly item_no: number
  readonly parent_item_no: number | null
  readonly issuer: string
  readonly code: string | null
  readonly title: string
  readonly title_en: string | null
  readonly credits: string | null
  readonly credit_scheme: string | null
  readonly grade: string | null
  readonly grade_scheme: string | null
  readonly date: string | null
  readonly term: string | null
  readonly level: string | null
  readonly status: string | null
}

/** The results of a document as flat rows in document order, numbered from 1. Decimals and dates are text. */
export function importItems(elmo: Elmo): ImportItem[] {
  const items: ImportItem[] = []
  const add = (report: Report, los: LearningOpportunitySpecification, parent: number | null): void => {
    const number = items.length + 1
    items.push(itemOf(report, los, number, parent))
    for (const part of los.parts ?? []) add(report, part, number)
  }
  for (const report of elmo.reports)
    for (const los of report.learningOpportunitySpecification ?? []) add(report, los, null)
  return items
}

function itemOf(
  { issuer }: Report,
  los: LearningOpportunitySpecification,
  number: number,
  parent: number | null,
): ImportItem {
  const { instance } = los
  // A scheme without a value says nothing; what was counted and shown may stand behind it.
  const credits = (instance.credit ?? []).filter(({ value = '' }) => value.trim() !== '')
  const credit = credits.find(({ scheme }) => isNamed(scheme, 'ects')) ?? credits[0]
  const schac = issuer.identifier.find(({ type, value }) => isNamed(type, 'schac') && value.trim() !== '')
  return {
    item_no: number,
    parent_item_no: parent,
    issuer: schac?.value ?? firstText(issuer.title) ?? '',
    code: courseCode(los) ?? null,
    title: firstText(los.title) ?? '',
    title_en:
      pickText(
        los.title.filter(({ lang }) => lang?.toLowerCase().startsWith('en')),
        ['en'],
      )?.value ?? null,
    credits: credit?.value ?? null,
    credit_scheme: credit?.scheme ?? null,
    grade: instance.resultLabel ?? null,
    grade_scheme: instance.gradingSchemeLocalId ?? null,
    // What is no day stays as it is written.
    date: calendarDay(instance.date?.trim()) ?? instance.date ?? null,
    term: pickText(instance.academicTerm?.title, ['en'])?.value ?? null,
    level: resultLevel(los)?.eqf ?? null,
    status: instance.status ?? null,
  }
}

/** Producers write names of schemes and types in capitals, in small letters and with blanks. */
const isNamed = (text: string, name: string): boolean => text.trim().toLowerCase() === name
