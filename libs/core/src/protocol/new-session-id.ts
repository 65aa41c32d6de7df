import { defaults } from '../numbers.js'

/**
 * A fresh `sessionId`: 24 base64url characters of 144 random bits, inside the 32 characters that the guide grants.
 *
 * @param random a cryptographic source that gives as many bytes as it is asked for.
 */
export const newSessionId = (random: (bytes: number) => Uint8Array): string =>
  Buffer.from(random(defaults.sessionIdBytes)).toString('base64url')
