import type { IncomingMessage } from 'node:http'
import { EmrexError } from '@emrex-gateway/core'

/** The whole body, never holding more than `maxBytes` of it. @throws {EmrexError} BODY_TOO_LARGE, REQUEST_MALFORMED */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(new EmrexError('BODY_TOO_LARGE'))
    const collected = new Chunks()
    let length = 0

    const stop = (): void => {
      request.off('data', take).off('end', finish).off('close', broken)
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      if (length <= maxBytes) return collected.add(chunk)
      stop()
      reject(new EmrexError('BODY_TOO_LARGE'))
    }
    const finish = (): void => {
      stop()
      resolve(collected.join())
    }
    const broken = (): void => {
      stop()
      reject(new EmrexError('REQUEST_MALFORMED', 'The body ended early'))
    }
    request.on('data', take).on('end', finish).on('close', broken)
    // A broken connection is also told as an error; `close` follows and says enough.
    request.on('error', () => {})
  })
}

const blockBytes = 64 * 1024

/** Collects pieces of a body. Small ones are copied together: a buffer for each would cost many times what it holds. */
class Chunks {
  private readonly blocks: Buffer[] = []
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

  join(): Buffer {
    this.closeBlock()
    return Buffer.concat(this.blocks)
  }

  private closeBlock(): void {
    if (this.used > 0) this.blocks.push(this.block.subarray(0, this.used))
    this.block = Buffer.alloc(0)
    this.used = 0
  }
}
