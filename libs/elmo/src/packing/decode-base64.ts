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
export function decodeBase64(text: string): readonly Base64Reading[] {
  const trimmed = text.trim()
  // The searches of the platform cost nothing beside the pattern, and nearly every answer is one line.
  const lines = ['\r', '\n', '\t'].some((end) => trimmed.includes(end)) ? trimmed.replace(lineBreak, '') : trimmed
  const spaced: PackingDeviation[] = lines === text ? [] : ['base64-white-space']
  const readings = lines.includes(' ')
    ? [
        decode(lines.replaceAll(' ', '+'), [...spaced, 'base64-plus-as-blank']),
        decode(lines.replaceAll(' ', ''), ['base64-white-space']),
      ]
    : [decode(lines, spaced)]
  return readings.filter((reading) => reading !== undefined)
}

function decode(text: string, before: readonly PackingDeviation[]): Base64Reading | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const digits = text.length - padding
  const missing = (4 - (digits % 4)) % 4
  if (digits === 0 || missing === 3 || (padding !== missing && padding !== 0)) return undefined
  // Decoding leaves out what is no digit of either alphabet, so a result that is too short tells.
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== Math.floor((digits * 3) / 4)) return undefined
  const deviations = [...before]
  if (text.includes('-') || text.includes('_')) deviations.push('base64-url-alphabet')
  if (padding !== missing) deviations.push('base64-padding-missing')
  return { bytes, deviations }
}
