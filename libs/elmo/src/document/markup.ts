/** Bytes in a word. */
export const wordBytes = 8

/** Markup of a document, made ready once and written many times. */
export interface Markup {
  /** Its bytes, eight at a time, zeros behind the last: a word is written as quickly as a byte. */
  readonly words: Float64Array
  /** In bytes. */
  readonly length: number
}

/** @throws {RangeError} for other characters than line feed, blank and printable ASCII */
export function makeMarkup(text: string): Markup {
  // Of other bytes some make a word that is no number, which the engine may write in another way.
  if (!/^[\n\x20-\x7e]*$/.test(text)) throw new RangeError('Markup made ready is printable ASCII.')
  const words = new Float64Array(Math.ceil(text.length / wordBytes))
  const bytes = new DataView(new ArrayBuffer(words.byteLength))
  for (let index = 0; index < text.length; index++) bytes.setUint8(index, text.charCodeAt(index))
  words.forEach((_, index) => (words[index] = bytes.getFloat64(index * wordBytes)))
  return { words, length: text.length }
}
