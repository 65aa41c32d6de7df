import { FontSet, type FontFile } from './fonts/font-set.js'
import type { Seal } from './seal/read-seal.js'
import { transcriptPdf } from './transcript-pdf.js'
import type { TranscriptOptions, TranscriptSource } from './transcript-options.js'

/** Makes transcripts the way an installation wants them. */
export type MakeTranscript = (
  source: TranscriptSource,
  options: Omit<TranscriptOptions, 'fonts' | 'seal'>,
) => Promise<Uint8Array>

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
