import { ElmoError } from '../elmo-error.js'
import type { InflatingSteps } from './inflate.js'
import { textPieces } from './text-pieces.js'

/** Decodes percent-encoding of UTF-8. @throws {ElmoError} ELMO_PACKING */
export function* percentDecode(text: string): InflatingSteps<string> {
  const decoded: string[] = []
  try {
    for (const piece of textPieces(text, leavesCharactersWhole)) {
      decoded.push(decodeURIComponent(piece))
      yield
    }
  } catch (error) {
    throw new ElmoError('ELMO_PACKING', 'The answer is not rightly percent-encoded.', {}, { cause: error })
  }
  return decoded.join('')
}

/** Not inside an escape, nor before one that goes on with a character of several bytes. */
const leavesCharactersWhole = (text: string, at: number): boolean =>
  text[at - 1] !== '%' && text[at - 2] !== '%' && !/^%[89ab]/i.test(text.slice(at, at + 2))
