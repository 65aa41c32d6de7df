export { transcriptPdf } from './transcript-pdf.js'
export { embeddedName } from './embedded-name.js'
export type { FontFile } from './fonts/font-set.js'
export type { LeftOutResult, SignerFacts, TranscriptOptions, TranscriptSource } from './transcript-options.js'
