import { inBothLanguages, langString, plainTextOfHtml, type KnownNotice, type Notice } from '@emrex-gateway/core'
import type { LangString, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { buildInstance } from './build-instance.js'
import type { ResultDetails } from './result-details.js'
import type { ViewRow } from './view-row.js'
import { nameOfResult } from './wanted-rows.js'

const types: readonly string[] = ['Degree Programme', 'Module', 'Course', 'Class']

/** One row of the view of results as ELMO: what was learned, and what came of it. Without its parts. */
export function buildResult(row: ViewRow, details: ResultDetails, notices: Notice[]): LearningOpportunitySpecification {
  const note = (notice: KnownNotice): void => void notices.push({ notice, ...nameOfResult(row) })
  const code = row.text('code')
  if (code === undefined) note('code-missing')
  const type = row.text('los_type')
  if (type !== undefined && !types.includes(type)) note('type-unknown')
  const title = titleOf(row)
  if (title.length === 0) note('title-missing')
  if (row.flag('recognised')) note('recognised-elsewhere')
  const description = describe(row)
  const subjectArea = row.text('subject_area')
  const iscedCode = row.text('isced')
  return {
    // Receivers take a `local` identifier for the course code, so a key of the database must never stand in for one.
    ...(code === undefined ? {} : { identifier: [{ type: 'local', value: code }] }),
    // ELMO wants a title, and an empty one says that there is none.
    title: title.length > 0 ? title : [langString('', row.text('title_lang'))],
    ...(type !== undefined && types.includes(type) ? { type } : {}),
    ...(subjectArea === undefined ? {} : { subjectArea }),
    ...(iscedCode === undefined ? {} : { iscedCode }),
    ...(description.length === 0 ? {} : { description }),
    instance: buildInstance(row, details, notices),
  }
}

/** The own title, and the English one where that says something else, or where it is the only one. */
function titleOf(row: ViewRow): LangString[] {
  const [own, english] = [row.text('title'), row.text('title_en')]
  if (own !== undefined) return inBothLanguages(own, row.text('title_lang'), english)
  return english === undefined ? [] : [{ value: english, lang: 'en' }]
}

function describe(row: ViewRow): LangString[] {
  const html = row.lines('description_html')
  const text = row.lines('description') ?? (html === undefined ? undefined : plainTextOfHtml(html))
  const from = row.text('recognised_from')
  return [
    ...(text === undefined || text === '' ? [] : [langString(text, row.text('description_lang'))]),
    ...(row.flag('recognised')
      ? [{ value: `Studied elsewhere${from === undefined ? '' : ` (${from})`} and recognised here.`, lang: 'en' }]
      : []),
  ]
}
