import type { TranscriptFacts } from '@emrex-gateway/core'
import type { FontFile } from './fonts/font-set.js'
import type { Seal } from './seal/read-seal.js'

export interface TranscriptOptions extends TranscriptFacts {
  /** Asked in this order for what DejaVu Sans lacks, such as Chinese, Japanese and Korean. */
  readonly fonts?: readonly FontFile[]
  /** Seals the PDF itself, beside the signature of the document inside; with an elliptic curve no two seals are the same. */
  readonly seal?: Seal
}
