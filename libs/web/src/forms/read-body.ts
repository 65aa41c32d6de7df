import type { IncomingMessage } from 'node:http'
import { EmrexError } from '@emrex-gateway/core'

/** The whole body, never holding more than `maxBytes` of it. @throws {EmrexError} BODY_TOO_LARGE, REQUEST_MALFORMED */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return reject(new EmrexError('BODY_TOO_LARGE'))
    const chunks: Buffer[] = []
    let length = 0

    const stop = (): void => {
      request.off('data', take).off('end', finish).off('close', broken)
    }
    const take = (chunk: Buffer): void => {
      length += chunk.length
      if (length <= maxBytes) return void chunks.push(chunk)
      stop()
      reject(new EmrexError('BODY_TOO_LARGE'))
    }
    const finish = (): void => {
      stop()
      resolve(Buffer.concat(chunks, length))
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
