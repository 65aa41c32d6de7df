import { calendarDay, decimalText, langString, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunityInstance } from '@emrex-gateway/elmo'
import { buildDiplomaSupplement } from './build-diploma-supplement.js'
import type { ResultDetails } from './result-details.js'
import type { ViewRow } from './view-row.js'

/** What came of it: date, term, status, grade, credits, level, language, hours, and what belongs to it. */
export function buildInstance(row: ViewRow, details: ResultDetails, notices: Notice[]): LearningOpportunityInstance {
  const key = row.required('result_key')
  const date = calendarDay(row.text('date'))
  if (date === undefined) notices.push({ notice: row.text('date') === undefined ? 'date-missing' : 'date-unreadable' })
  const scheme = row.text('grading_scheme')
  const label = row.text('grade')
  const distribution = details.distributions.get(key)
  const attachments = details.attachmentsOf.get(key)
  const supplement = details.supplementSections.get(key)
  const diplomaSupplement = supplement && buildDiplomaSupplement(supplement, date, notices)
  const status = row.required('status').toLowerCase()
  return {
    ...(date === undefined ? {} : { date }),
    ...term(row, notices),
    status,
    ...(scheme === undefined ? {} : { gradingSchemeLocalId: scheme }),
    ...(label === undefined ? {} : { resultLabel: label }),
    ...(distribution === undefined ? {} : { resultDistribution: { category: [...distribution] } }),
    ...credits(row, details.creditScheme, notices),
    ...levels(row),
    ...languageAndHours(row, notices),
    ...(attachments === undefined ? {} : { attachments: { ref: [...attachments] } }),
    ...(diplomaSupplement === undefined ? {} : { diplomaSupplement }),
  }
}

type Part = Partial<LearningOpportunityInstance>

/** ELMO wants a term with both its ends, so half a term is left out whole. */
function term(row: ViewRow, notices: Notice[]): Part {
  const title = row.text('term')
  if (title === undefined) return {}
  const start = calendarDay(row.text('term_start'))
  const end = calendarDay(row.text('term_end'))
  if (start !== undefined && end !== undefined && start <= end)
    return { academicTerm: { title: [langString(title, row.text('term_lang'))], start, end } }
  notices.push({ notice: 'term-incomplete' })
  return {}
}

/** Zero credits are a statement; no credits are none. */
function credits(row: ViewRow, defaultScheme: string, notices: Notice[]): Part {
  const written = row.text('credits')
  if (written === undefined) return {}
  const value = decimalText(written)
  if (value === undefined) {
    notices.push({ notice: 'credits-unreadable' })
    return {}
  }
  const scheme = row.text('credit_scheme') ?? defaultScheme
  return { credit: [{ scheme: scheme.toLowerCase() === 'ects' ? 'ects' : scheme, value }] }
}

function levels(row: ViewRow): Part {
  const eqf = row.text('eqf_level')
  const national = row.text('level')
  const level = [
    ...(eqf !== undefined && /^[1-8]$/.test(eqf) ? [{ type: 'EQF', value: eqf }] : []),
    ...(national === undefined ? [] : [{ type: 'NQF', value: national }]),
  ]
  return level.length > 0 ? { level } : {}
}

function languageAndHours(row: ViewRow, notices: Notice[]): Part {
  const language = row.text('language')?.toLowerCase()
  if (language !== undefined && !/^[a-z]{2}$/.test(language)) notices.push({ notice: 'language-unknown' })
  const hours = decimalText(row.text('engagement_hours'))
  return {
    ...(language !== undefined && /^[a-z]{2}$/.test(language) ? { languageOfInstruction: language } : {}),
    // Databases fill unknown hours with zero.
    ...(hours === undefined || hours === '0' ? {} : { engagementHours: hours }),
  }
}
