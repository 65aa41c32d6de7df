import { inBothLanguages, langString, plainTextOfHtml, type Notice } from '@emrex-gateway/core'
import type { LangString, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { buildInstance } from './build-instance.js'
import type { ResultDetails } from './result-details.js'
import type { ViewRow } from './view-row.js'

const types: readonly string[] = ['Degree Programme', 'Module', 'Course', 'Class']

/** One row of the view of results as ELMO: what was learned, and what came of it. Without its parts. */
export function buildResult(row: ViewRow, details: ResultDetails, notices: Notice[]): LearningOpportunitySpecification {
  const code = row.text('code')
  if (code === undefined) notices.push({ notice: 'code-missing' })
  const type = row.text('los_type')
  if (type !== undefined && !types.includes(type)) notices.push({ notice: 'type-unknown' })
  const description = describe(row)
  const subjectArea = row.text('subject_area')
  const iscedCode = row.text('isced')
  return {
    // Receivers take a `local` identifier for the course code, so a key of the database must never stand in for one.
    ...(code === undefined ? {} : { identifier: [{ type: 'local', value: code }] }),
    title: inBothLanguages(row.text('title') ?? '', row.text('title_lang'), row.text('title_en')),
    ...(type !== undefined && types.includes(type) ? { type } : {}),
    ...(subjectArea === undefined ? {} : { subjectArea }),
    ...(iscedCode === undefined ? {} : { iscedCode }),
    ...(description === undefined ? {} : { description: [description] }),
    instance: buildInstance(row, details, notices),
  }
}

function describe(row: ViewRow): LangString | undefined {
  const html = row.lines('description_html')
  const text = row.lines('description') ?? (html === undefined ? undefined : plainTextOfHtml(html))
  return text === undefined || text === '' ? undefined : langString(text, row.text('description_lang'))
}
