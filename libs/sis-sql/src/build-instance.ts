import { calendarDay, decimalText, langString, type KnownNotice, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunityInstance } from '@emrex-gateway/elmo'
import { buildDiplomaSupplement } from './build-diploma-supplement.js'
import type { ResultDetails } from './result-details.js'
import type { ViewRow } from './view-row.js'
import { nameOfResult } from './wanted-rows.js'

/** What came of it: date, term, status, grade, credits, level, language, hours, and what belongs to it. */
export function buildInstance(row: ViewRow, details: ResultDetails, notices: Notice[]): LearningOpportunityInstance {
  const note = (notice: KnownNotice): void => void notices.push({ notice, ...nameOfResult(row) })
  const key = row.required('result_key')
  const date = calendarDay(row.text('date'))
  if (date === undefined) note(row.text('date') === undefined ? 'date-missing' : 'date-unreadable')
  const scheme = row.text('grading_scheme')
  const label = row.text('grade')
  const distribution = details.distributions.get(key)
  const attachments = details.attachmentsOf.get(key)
  if (details.hiddenDistributions.has(key)) note('distribution-left-out')
  const supplement = details.supplementSections.get(key)
  const diplomaSupplement = supplement && buildDiplomaSupplement(supplement, date, notices)
  const status = row.required('status').toLowerCase()
  return {
    ...(date === undefined ? {} : { date }),
    ...term(row, note),
    status,
    ...(scheme === undefined ? {} : { gradingSchemeLocalId: scheme }),
    ...(label === undefined ? {} : { resultLabel: label }),
    ...(distribution === undefined ? {} : { resultDistribution: { category: [...distribution] } }),
    ...credits(row, details.creditScheme, note),
    ...levels(row, note),
    ...languageAndHours(row, note),
    ...(attachments === undefined ? {} : { attachments: { ref: [...attachments] } }),
    ...(diplomaSupplement === undefined ? {} : { diplomaSupplement }),
  }
}

type Note = (notice: KnownNotice) => void
type Part = Partial<LearningOpportunityInstance>

/** ELMO wants a term with both its ends, so half a term is left out whole. */
function term(row: ViewRow, note: Note): Part {
  const title = row.text('term')
  if (title === undefined) return {}
  const start = calendarDay(row.text('term_start'))
  const end = calendarDay(row.text('term_end'))
  if (start !== undefined && end !== undefined && start <= end)
    return { academicTerm: { title: [langString(title, row.text('term_lang'))], start, end } }
  note('term-incomplete')
  return {}
}

/** Zero credits are a statement; no credits are none. */
function credits(row: ViewRow, defaultScheme: string, note: Note): Part {
  const written = row.text('credits')
  if (written === undefined) return {}
  const value = decimalText(written)
  if (value === undefined) {
    note('credits-unreadable')
    return {}
  }
  const scheme = row.text('credit_scheme') ?? defaultScheme
  if (scheme.toLowerCase() === 'ects') return { credit: [{ scheme: 'ects', value }] }
  note('unit-kept')
  return { credit: [{ scheme, value }] }
}

function levels(row: ViewRow, note: Note): Part {
  const eqf = row.text('eqf_level')
  const national = row.text('level')
  const isEqf = eqf !== undefined && /^[1-8]$/.test(eqf)
  if (eqf !== undefined && !isEqf) note('level-unknown')
  const level = [
    ...(isEqf ? [{ type: 'EQF', value: eqf }] : []),
    ...(national === undefined ? [] : [{ type: 'NQF', value: national }]),
  ]
  return level.length > 0 ? { level } : {}
}

function languageAndHours(row: ViewRow, note: Note): Part {
  const language = row.text('language')?.toLowerCase()
  if (language !== undefined && !/^[a-z]{2}$/.test(language)) note('language-unknown')
  const written = row.text('engagement_hours')
  const hours = decimalText(written)
  if (written !== undefined && hours === undefined) note('hours-unreadable')
  return {
    ...(language !== undefined && /^[a-z]{2}$/.test(language) ? { languageOfInstruction: language } : {}),
    // Databases fill unknown hours with zero.
    ...(hours === undefined || hours === '0' ? {} : { engagementHours: hours }),
  }
}
