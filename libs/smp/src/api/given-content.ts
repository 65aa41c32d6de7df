import type { TransferReceipt } from '@emrex-gateway/core'
import { pickText, type Elmo } from '@emrex-gateway/elmo'
import { extractFields, type ResultField } from './result-fields.js'

/** What a receipt counts where only some fields of a document left: what was in those, and nothing else of the document. */
export function contentOfFields(elmo: Elmo, fields: readonly ResultField[]): TransferReceipt['content'] {
  // The places tell whose each row is, also where the institutions themselves did not leave.
  const { results, degrees = [], credits } = extractFields(elmo, [...fields, 'institution'], ['en'])
  const rows = results ?? degrees
  const institutions = elmo.reports.map(({ issuer }, place) => ({
    name: pickText(issuer.title, ['en'])?.value ?? '',
    results: rows.filter(({ institution }) => institution === place).length,
  }))
  const ects = credits?.ects ?? undefined
  return { institutions, results: rows.length, ...(ects === undefined ? {} : { ects }), attachments: 0 }
}
