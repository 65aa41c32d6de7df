import { nestParts, plainTextOfHtml, type FlatResult, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunityInstance, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { terms } from '../../population/index.js'
import type { MemoryRow } from './memory-system.js'
import type { PlantedFault } from './planted-fault.js'

export const memoryGrades = { excellent: 'A', good: 'B', sufficient: 'C', pass: 'P', fail: 'F' } as const

/** The rows of one person at one place as trees. */
export function memoryResults(
  rows: readonly MemoryRow[],
  notices: Notice[],
  fault?: PlantedFault,
): LearningOpportunitySpecification[] {
  const flat = rows.map((row): FlatResult => ({
    key: row.key,
    parent: row.whole,
    specification: specification(row, notices, fault),
  }))
  if (fault === 'cycle') return flat.filter(({ key }) => topOf(key, flat) === key).map((each) => treeOf(each, flat))
  const trees = nestParts(flat, notices)
  if (fault !== 'parts counted twice') return trees
  return [...trees, ...flat.filter(({ parent }) => parent !== undefined).map(({ specification: one }) => one)]
}

/** The planted fault: follows circles for ever. */
function topOf(key: string, all: readonly FlatResult[]): string {
  const whole = all.find((each) => each.key === key)?.parent
  return whole === undefined ? key : topOf(whole, all)
}
function treeOf({ key, specification: one }: FlatResult, all: readonly FlatResult[]): LearningOpportunitySpecification {
  const parts = all.filter(({ parent }) => parent === key).map((each) => treeOf(each, all))
  return parts.length === 0 ? one : { ...one, parts }
}

function specification(row: MemoryRow, notices: Notice[], fault?: PlantedFault): LearningOpportunitySpecification {
  const { code, title, titleEnglish, kind, html } = row
  if (code === undefined) notices.push({ notice: 'code-missing' })
  return {
    ...(code === undefined ? {} : { identifier: [{ type: 'local', value: code }] }),
    title: [
      { value: title, lang: 'sv' },
      ...(titleEnglish === undefined || titleEnglish === title ? [] : [{ value: titleEnglish, lang: 'en' }]),
    ],
    type: { course: 'Course', module: 'Module', degree: 'Degree Programme' }[kind],
    ...(html === undefined ? {} : { description: [{ value: plainTextOfHtml(html), lang: 'sv' }] }),
    instance: instance(row, notices, fault),
  }
}

function instance(row: MemoryRow, notices: Notice[], fault?: PlantedFault): LearningOpportunityInstance {
  const { outcome, date, term, kind, language, level, distribution, recognised } = row
  if (recognised === true) notices.push({ notice: 'recognised-elsewhere' })
  const grade = recognised === true ? undefined : memoryGrades[outcome as keyof typeof memoryGrades]
  const counts = Object.entries(distribution ?? {})
  const persons = counts.reduce((sum, [, count]) => sum + count, 0)
  const eqf = level && { bachelor: '6', master: '7' }[level]
  return {
    date: fault === 'date shifted by time zone' ? new Date(`${date}T00:00:00+01:00`).toISOString().slice(0, 10) : date,
    ...(kind === 'degree' ? {} : { academicTerm: { title: [{ value: term }], ...terms[term] } }),
    status: statusOf(outcome, fault),
    ...(grade === undefined ? {} : { resultLabel: grade }),
    ...(persons < 5
      ? {}
      : {
          resultDistribution: {
            category: counts.map(([each, count]) => ({
              label: memoryGrades[each as keyof typeof memoryGrades],
              count: String(count),
            })),
          },
        }),
    ...credit(row, notices, fault),
    ...(eqf === undefined ? {} : { level: [{ type: 'EQF', value: eqf }] }),
    ...(language === undefined ? {} : { languageOfInstruction: language }),
  }
}

function statusOf(outcome: MemoryRow['outcome'], fault?: PlantedFault): string {
  if (outcome === 'fail') return fault === 'failed result exported as passed' ? 'passed' : 'failed'
  return ['in-progress', 'withdrawn'].includes(outcome) ? outcome : 'passed'
}

function credit(
  { credits, unit, code, outcome }: MemoryRow,
  notices: Notice[],
  fault?: PlantedFault,
): Pick<LearningOpportunityInstance, 'credit'> {
  if (credits === undefined || outcome === 'in-progress') return {}
  if (fault === 'zero dropped' && Number(credits) === 0) return {}
  const value = fault === 'comma decimals' ? credits.replace('.', ',') : credits
  if (unit === undefined || fault === 'unit lost') return { credit: [{ scheme: 'ects', value }] }
  notices.push({ notice: 'unit-kept', ...(code === undefined ? {} : { detail: code }) })
  return { credit: [{ scheme: unit, value }] }
}
