import { createHash, randomInt, timingSafeEqual } from 'node:crypto'

const digits = 6

/** Six random digits. */
export const newCode = (): string => String(randomInt(10 ** digits)).padStart(digits, '0')

/** What is kept of a code. `salt` is the id under which it was sent, so that equal codes are not equal at rest. */
export const hashCode = (code: string, salt: string): string =>
  createHash('sha256')
    .update(JSON.stringify([salt, code]))
    .digest('base64url')

/** Is it the code? Takes the same time either way; blanks that a person types or pastes do not count. */
export function isCode(typed: string, hash: string, salt: string): boolean {
  const [given, right] = [Buffer.from(hashCode(typed.replace(/\s/g, ''), salt)), Buffer.from(hash)]
  return given.length === right.length && timingSafeEqual(given, right)
}
