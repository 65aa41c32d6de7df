import { crc32 } from 'node:zlib'
import type { ElmoLimits } from '../limits.js'
import { damaged, type InflatingSteps } from './inflate.js'

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
export function* gunzipMember(
  packed: Buffer,
  limits: ElmoLimits,
): InflatingSteps<{ readonly data: Buffer; readonly trailing: number }> {
  const start = endOfHeader(packed)
  const maxOutputLength = Math.min(limits.maxBytes, Math.max(limits.ratioFreeBytes, limits.maxRatio * packed.length))
  // Behind several members or other bytes this is not the length of the first member: it only tells how much room to begin with.
  const likelyLength = packed.length < trailerBytes ? 0 : packed.readUInt32LE(packed.length - 4)
  const inflated = yield { deflated: packed.subarray(start), likelyLength, maxOutputLength }
  if (inflated === undefined) throw new Error('What was to be inflated was not.')
  const { buffer: data, bytesWritten } = inflated
  const trailer = start + bytesWritten
  const end = trailer + trailerBytes
  if (end > packed.length) throw damaged('it is cut off')
  const checksum = yield* checksumOf(data)
  const intact = packed.readUInt32LE(trailer) === checksum && packed.readUInt32LE(trailer + 4) === data.length % 2 ** 32
  if (!intact) throw damaged('its checksum differs')
  return { data, trailing: packed.length - end }
}

/** How many bytes are summed before others may have the processor. */
const sliceBytes = 4 * 1024 * 1024

function* checksumOf(data: Buffer): InflatingSteps<number> {
  let checksum = 0
  for (let at = 0; at < data.length; at += sliceBytes) {
    if (at > 0) yield
    checksum = crc32(data.subarray(at, at + sliceBytes), checksum)
  }
  return checksum
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
