import type { PackingDeviation } from '../packing/unpack-elmo.js'
import type { VerificationNotice } from '../signature/verification-report.js'

/** What each notice means. The code stands before it, so that scripts need not read the words. */
const noticeTexts: Readonly<Record<PackingDeviation | VerificationNotice, string>> = {
  'not-base64': 'not packed in base64',
  'not-gzipped': 'not gzipped',
  'base64-white-space': 'line breaks or blanks inside base64',
  'base64-url-alphabet': 'base64 with the alphabet for addresses (- and _)',
  'base64-plus-as-blank': 'blanks where base64 has +; the form was not percent-encoded',
  'base64-padding-missing': 'base64 without its padding',
  'trailing-bytes': 'bytes behind the end of the gzip data; they were not read',
  'percent-encoded': 'still percent-encoded, as a form carries it',
  'sha1-exception-used': 'signed with SHA-1; accepted by the exception that was given',
  'certificate-expired': 'the certificate has expired; the key still verifies',
  'certificate-not-yet-valid': 'the certificate is not valid yet; the key still verifies',
  'embedded-certificate-differs': 'the document holds another certificate than the one that verified',
  'certificate-self-signed': 'the certificate is signed by itself',
}

/** A notice as it is printed: `code: words`. */
export const noticeLine = (notice: PackingDeviation | VerificationNotice): string => `${notice}: ${noticeTexts[notice]}`
