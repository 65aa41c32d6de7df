import type { ServerResponse } from 'node:http'
import { setPageHeaders } from '../pages/page-headers.js'

export interface Download {
  /** Letters, digits, dot, hyphen and underscore. */
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/**
 * Answers with a file to keep: saved and never shown, kept by no cache on the way, read as nothing but what it is called.
 * Should a browser show it all the same, it can load, run and send nothing.
 *
 * Spec: RFC 6266 (Content-Disposition); CSP Level 3, "sandbox".
 */
export function sendDownload(response: ServerResponse, { name, mediaType, bytes }: Download): void {
  setPageHeaders(response, { kind: 'self' })
  response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Content-Type', mediaType)
  response.setHeader('Content-Disposition', `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_')}"`)
  response.setHeader('Content-Length', bytes.byteLength)
  response.statusCode = 200
  response.end(bytes)
}
