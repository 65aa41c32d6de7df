import { constants, crc32, inflateRawSync } from 'node:zlib'
import { ElmoError } from '../elmo-error.js'
import type { ElmoLimits } from '../limits.js'

const flag = { headerCrc: 0x02, extra: 0x04, name: 0x08, comment: 0x10, reserved: 0xe0 } as const
const trailerBytes = 8

export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/**
 * Inflates the first member of a gzip file and says how many bytes follow it. Those are never inflated: two readers
 * that disagree about a second member would read two documents. Inflating stops where a limit is passed.
 *
 * Spec: RFC 1952, 2.3.
 * @throws {ElmoError} ELMO_PACKING, ELMO_TOO_LARGE
 */
export function gunzipMember(packed: Buffer, limits: ElmoLimits): { readonly data: Buffer; readonly trailing: number } {
  const start = endOfHeader(packed)
  const maxOutputLength = Math.min(limits.maxBytes, Math.max(limits.ratioFreeBytes, limits.maxRatio * packed.length))
  const { buffer: data, engine } = inflate(packed.subarray(start), maxOutputLength)
  const trailer = start + engine.bytesWritten
  const end = trailer + trailerBytes
  if (end > packed.length) throw damaged('it is cut off')
  const intact =
    packed.readUInt32LE(trailer) === crc32(data) && packed.readUInt32LE(trailer + 4) === data.length % 2 ** 32
  if (!intact) throw damaged('its checksum differs')
  return { data, trailing: packed.length - end }
}

function endOfHeader(packed: Buffer): number {
  const flags = packed[3] ?? flag.reserved
  if (packed[2] !== 8 || (flags & flag.reserved) !== 0) throw damaged('its header is unknown')
  let offset = 10
  if (flags & flag.extra) offset += 2 + ((packed[offset] ?? 0) | ((packed[offset + 1] ?? 0) << 8))
  for (const text of [flag.name, flag.comment]) {
    if ((flags & text) === 0) continue
    const zero = packed.indexOf(0, offset)
    if (zero < 0) throw damaged('its header is cut off')
    offset = zero + 1
  }
  return flags & flag.headerCrc ? offset + 2 : offset
}

interface Inflated {
  readonly buffer: Buffer
  readonly engine: { readonly bytesWritten: number }
}

function inflate(deflated: Buffer, maxOutputLength: number): Inflated {
  // An empty document needs room for one byte too: the library takes no limit of zero.
  const options = {
    info: true,
    maxOutputLength: Math.max(1, maxOutputLength),
    chunkSize: 16 * constants.Z_DEFAULT_CHUNK,
  }
  try {
    // With `info` the answer is an object, which its type does not say.
    return inflateRawSync(deflated, options) as unknown as Inflated
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ElmoError('ELMO_TOO_LARGE', `The document inflates to more than ${maxOutputLength} bytes.`)
    }
    throw damaged('its data cannot be inflated')
  }
}

const damaged = (why: string): ElmoError => new ElmoError('ELMO_PACKING', `The gzip file is damaged: ${why}.`)
