import type { VerifiedElmo } from '@emrex-gateway/elmo'
import { defaults } from '../numbers.js'
import type { CaseFile } from '../ports/case-desk.js'
import type { Delivery } from '../ports/sis-plugin.js'
import { caseItemsCsv } from '../sis/case-items-csv.js'
import { importItems } from '../sis/import-items.js'
import { SisError } from '../sis-error.js'

/** The files that every case has, whatever the plugin adds. */
export const commonCaseFiles = {
  'document.xml': 'application/xml',
  'transcript.pdf': 'application/pdf',
  'transcript.html': 'text/html; charset=utf-8',
  'results.csv': 'text/csv; charset=utf-8; header=present',
  'results.json': 'application/json',
} as const
export type CommonCaseFile = keyof typeof commonCaseFiles

/** The results of a document as rows: for spreadsheets and for programs. */
export function resultFiles(document: VerifiedElmo, origin: Delivery['origin']): readonly CaseFile[] {
  const { elmo } = document
  const { ncp, country, receivedAt } = origin
  const data = { ncp, country, receivedAt, generatedDate: elmo.generatedDate, items: importItems(elmo) }
  const file = (name: CommonCaseFile, text: string): CaseFile => ({ name, mediaType: commonCaseFiles[name], text })
  return [
    // Spreadsheets take a file without this mark for one in the letters of their own country.
    file('results.csv', `\uFEFF${caseItemsCsv(elmo)}`),
    file('results.json', `${JSON.stringify(data, null, 2)}\n`),
  ]
}

/** The files of a plugin. @throws {SisError} bad-data, for a name that a case cannot hold, or holds already */
export function checkCaseFiles(files: readonly CaseFile[], connection: string): readonly CaseFile[] {
  const taken = new Set<string>(Object.keys(commonCaseFiles))
  for (const { name, mediaType } of files) {
    const fits = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && name.length <= defaults.caseFileNameMaxLength
    if (!fits || taken.has(name.toLowerCase()) || /^attachment-\d/i.test(name))
      throw new SisError('bad-data', 'a file of a case has a name that cannot be used, or is used already', {
        connection,
      })
    if (!/^[a-z0-9.+-]+\/[a-z0-9.+-]+(; ?[a-z0-9-]+=[A-Za-z0-9.-]+)*$/.test(mediaType))
      throw new SisError('bad-data', 'a file of a case has no media type', { connection })
    taken.add(name.toLowerCase())
  }
  return files
}
