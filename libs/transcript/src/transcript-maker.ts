import type { MakeTranscript } from '@emrex-gateway/core'
import { FontSet, type FontFile } from './fonts/font-set.js'
import type { Seal } from './seal/read-seal.js'
import { transcriptPdf } from './transcript-pdf.js'

/**
 * `transcriptPdf` with fonts and seal that were chosen once. The fonts are opened here, and stay open for the process.
 * @throws {Error} a font file cannot be read
 */
export function transcriptMaker(
  how: { readonly fonts?: readonly FontFile[]; readonly seal?: Seal } = {},
): MakeTranscript {
  new FontSet(how.fonts ?? [])
  return (source, options) => transcriptPdf(source, { ...options, ...how })
}
