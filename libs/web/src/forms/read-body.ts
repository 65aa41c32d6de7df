import type { IncomingMessage } from 'node:http'
import { defaults, EmrexError } from '@emrex-gateway/core'

/** What all bodies that are being read hold beyond the part that each may hold whatever else arrives. */
let lentBytes = 0

/**
 * The whole body, never holding more than `maxBytes` of it. A large one is refused while others use up the memory for them.
 * @throws {EmrexError} BODY_TOO_LARGE, BUSY, REQUEST_MALFORMED
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(new EmrexError('BODY_TOO_LARGE'))
    const collected = new Chunks()
    let length = 0
    let borrowed = 0

    const stop = (): Buffer => {
      request.off('data', take).off('end', finish).off('close', broken)
      lentBytes -= borrowed
      return collected.join()
    }
    const refuse = (error: EmrexError): void => {
      // The rest may go on coming for long.
      collected.drop()
      stop()
      reject(error)
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      if (length > maxBytes) return refuse(new EmrexError('BODY_TOO_LARGE'))
      const more = Math.max(0, length - defaults.bodyOwnBytes) - borrowed
      if (more > 0 && lentBytes + more > defaults.bodiesSharedBytes)
        return refuse(new EmrexError('BUSY', 'large bodies use up the memory for them'))
      lentBytes += more
      borrowed += more
      collected.add(chunk)
    }
    const finish = (): void => resolve(stop())
    const broken = (): void => refuse(new EmrexError('REQUEST_MALFORMED', 'The body ended early'))
    request.on('data', take).on('end', finish).on('close', broken)
    // A broken connection is also told as an error; `close` follows and says enough.
    request.on('error', () => {})
  })
}

const blockBytes = 64 * 1024

/** Collects pieces of a body. Small ones are copied together: a buffer for each would cost many times what it holds. */
class Chunks {
  private blocks: Buffer[] = []
  private block = Buffer.alloc(0)
  private used = 0

  add(chunk: Buffer): void {
    if (chunk.length > this.block.length - this.used) {
      this.closeBlock()
      if (chunk.length >= blockBytes / 2) return void this.blocks.push(chunk)
      this.block = Buffer.allocUnsafeSlow(blockBytes)
    }
    this.used += chunk.copy(this.block, this.used)
  }

  /** All of it; nothing is kept here. */
  join(): Buffer {
    this.closeBlock()
    const whole = Buffer.concat(this.blocks)
    this.blocks = []
    return whole
  }

  drop(): void {
    this.closeBlock()
    this.blocks = []
  }

  private closeBlock(): void {
    if (this.used > 0) this.blocks.push(this.block.subarray(0, this.used))
    this.block = Buffer.alloc(0)
    this.used = 0
  }
}
