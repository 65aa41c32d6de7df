import { defaults } from '../numbers.js'

const printableAscii = /^[\x20-\x7e]+$/

/**
 * Whether a value may serve as `sessionId`: 1 to 255 printable ASCII characters. Newer clients exceed the guide's 32
 * characters (a UUID has 36); line breaks, NUL and other scripts are never needed and only serve attacks.
 *
 * Spec: EMREX technical guide, "sessionId"; the upper bound is ours.
 */
export const isSessionId = (value: string): boolean =>
  value.length <= defaults.sessionIdMaxLengthAccepted && printableAscii.test(value)
