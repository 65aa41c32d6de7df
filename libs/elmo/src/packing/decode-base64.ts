import type { InflatingSteps } from './inflate.js'
import { textPieces } from './text-pieces.js'
import type { PackingDeviation } from './unpack-elmo.js'

// The look-behind keeps it linear: else every blank of a long run would be tried as the first one.
const lineBreak = /(?<! ) *[\r\n\t][ \r\n\t]*/g

/** One way to read a text as base64: the bytes, and the tolerances it took. */
export interface Base64Reading {
  readonly bytes: Buffer
  readonly deviations: readonly PackingDeviation[]
}

/**
 * Reads base64 as tolerantly as answers need: wrapped, in the URL alphabet, without padding, with a blank where a `+`
 * got lost in a form. A blank inside a line can be either; then there are two readings, the likelier one first. No
 * reading at all where other characters or a false length remain.
 */
export function* decodeBase64(text: string): InflatingSteps<readonly Base64Reading[]> {
  const trimmed = text.trim()
  const isSpaced = trimmed.length < text.length
  const reading = yield* decode(trimmed, isSpaced)
  const readings =
    reading === 'blank' ? [yield* decode(trimmed, isSpaced, '+'), yield* decode(trimmed, isSpaced, '')] : [reading]
  return readings.filter((found) => found !== undefined && found !== 'blank')
}

/** Line breaks with the blanks around them are left out; any other blank is taken for `blank`, or told. */
function* decode(
  text: string,
  isTrimmed: boolean,
  blank?: '+' | '',
): InflatingSteps<Base64Reading | 'blank' | undefined> {
  const bytes = Buffer.allocUnsafe(Math.ceil((text.length * 3) / 4))
  let isSpaced = isTrimmed || blank === ''
  let isUrl = false
  let length = 0
  /** The group of four digits that may be the last one. */
  let last = ''
  for (const piece of textPieces(text, leavesBlanksTogether)) {
    let part = piece
    // The searches of the platform cost nothing beside the pattern, and nearly every answer is one line.
    if (['\r', '\n', '\t'].some((end) => part.includes(end))) {
      part = part.replace(lineBreak, '')
      isSpaced = true
    }
    if (part.includes(' ')) {
      if (blank === undefined) return 'blank'
      part = part.replaceAll(' ', blank)
    }
    isUrl ||= part.includes('-') || part.includes('_')
    part = last + part
    const whole = Math.max(0, part.length - 1) & ~3
    last = part.slice(whole)
    // Decoding leaves out what is no digit of either alphabet, so a result that is too short tells.
    if (bytes.write(part.slice(0, whole), length, 'base64') !== (whole / 4) * 3) return undefined
    length += (whole / 4) * 3
    yield
  }
  const padding = last.endsWith('==') ? 2 : last.endsWith('=') ? 1 : 0
  const digits = last.length - padding
  const missing = (4 - (digits % 4)) % 4
  if (digits === 0 || missing === 3 || (padding !== missing && padding !== 0)) return undefined
  const lastBytes = Math.floor((digits * 3) / 4)
  if (bytes.write(last, length, 'base64') !== lastBytes) return undefined
  const deviations: PackingDeviation[] = []
  if (isSpaced) deviations.push('base64-white-space')
  if (blank === '+') deviations.push('base64-plus-as-blank')
  if (isUrl) deviations.push('base64-url-alphabet')
  if (padding !== missing) deviations.push('base64-padding-missing')
  return { bytes: bytes.subarray(0, length + lastBytes), deviations }
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

const leavesBlanksTogether = (text: string, at: number): boolean =>
  !isBlank(text.charCodeAt(at)) || !isBlank(text.charCodeAt(at - 1))
