import type { IncomingMessage, ServerResponse } from 'node:http'
import { EmrexError } from '@emrex-gateway/core'
import { assetOf, isAssetName } from './assets.js'
import { addressOf } from './path-of.js'

/** The style, the script or the icon of all pages. @throws {EmrexError} PAGE_UNKNOWN for any other name */
export function sendAsset(request: IncomingMessage, response: ServerResponse, name: string): void {
  if (!isAssetName(name)) throw new EmrexError('PAGE_UNKNOWN')
  const { bytes, contentType, version } = assetOf(name)
  response.setHeader('ETag', `"${version}"`)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  // Only the address that names the content may be kept for good.
  const forGood = new URLSearchParams(addressOf(request).split('?')[1]).get('v') === version
  response.setHeader('Cache-Control', forGood ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
  if (isKnown(request, version)) {
    response.statusCode = 304
    response.end()
    return
  }
  response.setHeader('Content-Type', contentType)
  response.end(bytes)
}

/** Whether the browser has this version and is content with it. */
function isKnown({ headers }: IncomingMessage, version: string): boolean {
  if (/\bno-cache\b/.test(headers['cache-control'] ?? '')) return false
  const known = (headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes(`"${version}"`) || known.includes('*')
}
