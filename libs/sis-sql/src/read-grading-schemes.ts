import { langString, type Notice, type SisContext } from '@emrex-gateway/core'
import type { GradingScheme, LangString } from '@emrex-gateway/elmo'
import type { SqlViews } from './sql-views.js'
import type { ViewRow } from './view-row.js'

/**
 * The grading schemes that results refer to. A scheme is described in the words of the view, else by its labels in
 * order. One that the view does not know stands without a description: a grade always refers to a scheme of its report.
 */
export async function readGradingSchemes(
  views: SqlViews,
  institution: string,
  schemes: readonly string[],
  context: SisContext,
  notices: Notice[],
): Promise<GradingScheme[]> {
  if (schemes.length === 0) return []
  const rows = await views.rows('grading_scheme', context, (query) =>
    query.where('institution_code', institution).whereIn('scheme', [...schemes]),
  )
  return schemes.map((localId) => {
    const labels = rows.filter(
      (row) => row.required('scheme') === localId && row.text('institution_code') === institution,
    )
    if (labels.length > 0) return { localId, description: describeScheme(labels) }
    notices.push({ notice: 'grading-scheme-unknown', detail: localId })
    return { localId }
  })
}

function describeScheme(labels: readonly ViewRow[]): LangString[] {
  const texts = new Map<string, LangString>()
  for (const row of labels) {
    const text = row.lines('description')
    const lang = row.text('description_lang')
    if (text !== undefined) texts.set(`${lang ?? ''} ${text}`, langString(text, lang))
  }
  if (texts.size > 0) return [...texts.values()]
  const inOrder = [...labels].sort((a, b) => Number(a.text('ordinal') ?? 0) - Number(b.text('ordinal') ?? 0))
  return [{ value: [...new Set(inOrder.map((row) => row.required('label')))].join(', ') }]
}
