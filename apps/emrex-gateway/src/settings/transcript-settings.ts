import { z } from 'zod'

const file = z.string().min(1).describe('Path, relative to the settings file.')

/** How readable transcripts look, for all entries. */
export const transcriptSettings = z.strictObject({
  fonts: z
    .array(
      z.union([
        file,
        z.strictObject({
          path: file,
          face: z.string().min(1).describe('One face of a collection, by its PostScript name.'),
        }),
      ]),
    )
    .default([])
    .describe('Fonts for what DejaVu Sans lacks, such as Chinese, Japanese and Korean.'),
})

const seal = z
  .strictObject({ keyFile: file, certificateFile: file })
  .optional()
  .describe('Key (RSA or elliptic curve) and certificate, followed by those that vouch for it: seals each PDF.')

/** The transcripts of an entry that gives results. */
export const ncpTranscriptSettings = z
  .strictObject({
    attach: z
      .boolean()
      .default(true)
      .describe('Each document holds a PDF for people to read; some receivers demand it.'),
    seal,
  })
  .prefault({})

/** The transcripts of an entry that fetches results. */
export const smpTranscriptSettings = z
  .strictObject({
    offer: z.boolean().default(true).describe('Staff and students are offered a PDF of what arrived.'),
    seal,
  })
  .prefault({})
