import { isUtf8 } from 'node:buffer'
import { decodeBase64 } from './decode-base64.js'
import { ElmoError } from '../elmo-error.js'
import { gunzipMember, isGzip } from './gunzip-member.js'
import { inflateInTurn, inflateNow, type InflatingSteps } from './inflate.js'
import { defaultLimits, type ElmoLimits } from '../limits.js'
import { pauses } from '../steps.js'
import { percentDecode } from './percent-decode.js'

/** Every tolerance with which an answer is opened. */
export const packingDeviations = [
  'not-base64',
  'not-gzipped',
  'base64-white-space',
  'base64-url-alphabet',
  'base64-plus-as-blank',
  'base64-padding-missing',
  'trailing-bytes',
  'percent-encoded',
] as const
export type PackingDeviation = (typeof packingDeviations)[number]

export interface UnpackedElmo {
  readonly xml: Uint8Array
  /** Each at most once, in the order in which they were met. */
  readonly deviations: readonly PackingDeviation[]
}

/**
 * Opens any packing of an answer that peers were seen to send: base64 of gzip, base64 alone, gzip alone, or the XML
 * itself. Each departure from base64 of gzip is named. Of a gzip file with several members, or with bytes behind it,
 * only the first member is read. Limits hold while inflating: a bomb is refused before it is opened (64 MiB, and from
 * 1 MiB on 200 times the packed size, unless the caller says otherwise). Whether what comes out is well-formed is not looked at, only that it begins like XML.
 *
 * Spec: EMREX implementation guide, "The EMREX response"; RFC 1952; RFC 4648.
 * @throws {ElmoError} ELMO_PACKING, ELMO_TOO_LARGE
 */
export function unpackElmo(value: string | Uint8Array, limits?: Partial<ElmoLimits>): UnpackedElmo {
  const steps = unpackInSteps(value, limits)
  let step = steps.next()
  while (!step.done) step = step.value === undefined ? steps.next() : inflateNow(step.value, steps)
  return step.value
}

/**
 * `unpackElmo` in slices of some milliseconds, between which other work gets its turn; inflates beside the main thread
 * what is large.
 *
 * Spec: as unpackElmo.
 * @throws {ElmoError} as unpackElmo (the promise rejects)
 */
export async function unpackElmoInSlices(
  value: string | Uint8Array,
  limits?: Partial<ElmoLimits>,
): Promise<UnpackedElmo> {
  const steps = unpackInSteps(value, limits)
  const pause = pauses()
  let step = steps.next()
  while (!step.done) {
    const pausing = pause()
    if (pausing !== undefined) await pausing
    step = step.value === undefined ? steps.next() : await inflateInTurn(step.value, steps)
  }
  return step.value
}

function* unpackInSteps(value: string | Uint8Array, limits?: Partial<ElmoLimits>): InflatingSteps<UnpackedElmo> {
  const allLimits = { ...defaultLimits, ...limits }
  // Base64 is a third longer than what it holds, percent-encoding of its few special characters a little more.
  if (value.length > 2 * allLimits.maxBytes) throw tooLarge(allLimits)
  const open = typeof value === 'string' ? openText : openBytes
  const { xml, deviations } = yield* open(value as string & Uint8Array, allLimits)
  if (xml.length > allLimits.maxBytes) throw tooLarge(allLimits)
  return { xml, deviations }
}

function* openText(text: string, limits: ElmoLimits): InflatingSteps<UnpackedElmo> {
  // A percent sign is no digit of base64, and XML may hold one.
  if (text.includes('%') && !beginsLikeXml(text.slice(0, 200)) && /%[0-9a-f]{2}/i.test(text)) {
    const { xml, deviations } = yield* openDecodedText(yield* percentDecode(text), limits)
    return { xml, deviations: ['percent-encoded', ...deviations] }
  }
  return yield* openDecodedText(text, limits)
}

function* openDecodedText(text: string, limits: ElmoLimits): InflatingSteps<UnpackedElmo> {
  if (beginsLikeXml(text.slice(0, 200))) return { xml: Buffer.from(text), deviations: ['not-base64', 'not-gzipped'] }
  const readings = yield* decodeBase64(text)
  let failure: unknown
  for (const { bytes, deviations } of readings) {
    try {
      // A wrong reading of gzip fails its checksum; a wrong reading of bare XML shows in its encoding.
      const opened = yield* openPlain(bytes, limits, readings.length > 1)
      return { xml: opened.xml, deviations: [...deviations, ...opened.deviations] }
    } catch (error) {
      failure = error
    }
  }
  throw failure instanceof Error ? failure : new ElmoError('ELMO_PACKING', 'The answer is neither XML nor base64.')
}

function* openBytes(bytes: Uint8Array, limits: ElmoLimits): InflatingSteps<UnpackedElmo> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isGzip(buffer) && !beginsLikeXml(buffer.toString('utf8', 0, 200))) {
    // Editors and shells put the mark of an encoding before a text; that of UTF-8 is white space to what follows.
    if (hasMark(buffer, 'fffe') || hasMark(buffer, 'feff'))
      throw new ElmoError('ELMO_PACKING', 'The answer is in UTF-16, not in UTF-8.')
    return yield* openText(buffer.toString(hasMark(buffer, 'efbbbf') ? 'utf8' : 'latin1'), limits)
  }
  const { xml, deviations } = yield* openPlain(buffer, limits, false)
  return { xml, deviations: ['not-base64', ...deviations] }
}

function* openPlain(bytes: Buffer, limits: ElmoLimits, mustBeUtf8: boolean): InflatingSteps<UnpackedElmo> {
  if (isGzip(bytes)) {
    const { data, trailing } = yield* gunzipMember(bytes, limits)
    return { xml: data, deviations: trailing > 0 ? ['trailing-bytes'] : [] }
  }
  const isXml = beginsLikeXml(bytes.toString('utf8', 0, 200)) && (!mustBeUtf8 || isUtf8(bytes))
  if (!isXml) throw new ElmoError('ELMO_PACKING', 'The answer holds neither gzip nor XML.')
  return { xml: bytes, deviations: ['not-gzipped'] }
}

const hasMark = (bytes: Buffer, mark: string): boolean => bytes.toString('hex', 0, mark.length / 2) === mark

const beginsLikeXml = (text: string): boolean => /^\ufeff?\s*</.test(text)

const tooLarge = (limits: ElmoLimits): ElmoError =>
  new ElmoError('ELMO_TOO_LARGE', `The document is larger than ${limits.maxBytes} bytes.`)
