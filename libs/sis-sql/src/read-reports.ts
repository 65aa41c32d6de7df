import {
  SisError,
  type Enrolment,
  type Notice,
  type SisContext,
  type SourceReport,
  type Want,
} from '@emrex-gateway/core'
import { buildResults } from './build-results.js'
import { listAttachments } from './list-attachments.js'
import { readGradingSchemes } from './read-grading-schemes.js'
import { readInstitutions } from './read-institutions.js'
import { readDistributions, readSupplementSections } from './result-details.js'
import type { SqlViews } from './sql-views.js'
import type { ViewRow } from './view-row.js'
import { nameOfResult, wantedRows } from './wanted-rows.js'

/**
 * The report of one enrolment, then a notice for each thing that had to be left out. No report where there is no
 * result that is wanted: that is what tells "no results" from results.
 *
 * @throws {SisError}
 */
export async function* readReports(
  views: SqlViews,
  enrolment: Enrolment,
  want: Want,
  context: SisContext,
  now: () => Date,
): AsyncGenerator<SourceReport | Notice> {
  const code = enrolment.institution.code
  const issuer = (await readInstitutions(views, context)).get(code)?.issuer
  if (issuer === undefined)
    throw new SisError('bad-data', 'the institution is gone from the view', { connection: views.connection })

  const notices: Notice[] = []
  const agreed = await views.agreedColumns('result', context)
  const found = await views.rows('result', context, (query) =>
    query.select(agreed).where({ person_key: enrolment.person, institution_code: code }).orderBy('result_key'),
  )
  const rows = onceEach(
    found.filter((row) => row.text('person_key') === enrolment.person && row.text('institution_code') === code),
    notices,
  )
  const wanted = wantedRows(rows, want, notices)
  if (wanted.length > 0) {
    const keys = wanted.map((row) => row.required('result_key'))
    const schemes = [...new Set(wanted.flatMap((row) => row.text('grading_scheme') ?? []))]
    const { attachments, lazy, ofResult } = await listAttachments(views, enrolment, new Set(keys), context, notices)
    const gradingScheme = await readGradingSchemes(views, code, schemes, context, notices)
    const details = {
      creditScheme: views.settings.creditScheme,
      ...(await readDistributions(views, keys, context)),
      supplementSections: await readSupplementSections(views, keys, context),
      attachmentsOf: ofResult,
    }
    yield {
      issuer,
      learningOpportunitySpecification: buildResults(wanted, rows, details, notices),
      issueDate: now().toISOString(),
      ...(gradingScheme.length > 0 ? { gradingScheme } : {}),
      ...(attachments.length > 0 ? { attachment: [...attachments], lazyAttachments: lazy } : {}),
    }
  }
  yield* notices
}

/** A view that joins too much shows a result twice; its credits must not count twice. */
function onceEach(rows: readonly ViewRow[], notices: Notice[]): ViewRow[] {
  const keys = new Set<string>()
  return rows.filter((row) => {
    const key = row.required('result_key')
    const isRepeated = keys.has(key)
    if (isRepeated) notices.push({ notice: 'partly-read', ...nameOfResult(row) })
    keys.add(key)
    return !isRepeated
  })
}
