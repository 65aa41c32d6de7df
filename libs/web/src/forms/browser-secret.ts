import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Which cookie: one per transfer, so that two transfers in one browser never disturb each other.
 * `publicUrl` is the entry's address from the settings, never from the Host header.
 */
export interface BrowserCookie {
  readonly transferId: string
  readonly publicUrl: string
}

/** 256 random bits, base64url. The browser keeps it; the store keeps its hash. */
export const createBrowserSecret = (): string => randomBytes(32).toString('base64url')

/** What the store may keep of a secret: its SHA-256, base64url. */
export const hashBrowserSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** Does the secret belong to the stored hash? Takes the same time either way. */
export function isSameBrowser(secret: string | undefined, storedHash: string): boolean {
  if (secret === undefined) return false
  const [ours, stored] = [Buffer.from(hashBrowserSecret(secret)), Buffer.from(storedHash)]
  return ours.length === stored.length && timingSafeEqual(ours, stored)
}

/**
 * Hands the secret to the browser: HttpOnly, SameSite=Lax (it comes back on a same-site GET and on links, not on the
 * cross-site posts of EMREX), and on https Secure with the `__Host-` prefix, so that no other host can set it.
 */
export function setBrowserSecret(
  response: ServerResponse,
  cookie: BrowserCookie,
  secret: string,
  maxAgeSeconds: number,
): void {
  response.appendHeader('Set-Cookie', cookieLine(cookie, secret, maxAgeSeconds))
}

/** Tells the browser to forget the secret. */
export function clearBrowserSecret(response: ServerResponse, cookie: BrowserCookie): void {
  response.appendHeader('Set-Cookie', cookieLine(cookie, '', 0))
}

/** The secret that the browser sent. Two cookies of that name are a trick of another host: undefined. */
export function readBrowserSecret(request: IncomingMessage, cookie: BrowserCookie): string | undefined {
  const start = `${cookieName(cookie)}=`
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(start))
  return values.length === 1 ? values[0]?.slice(start.length) : undefined
}

const isSecure = ({ publicUrl }: BrowserCookie): boolean => new URL(publicUrl).protocol === 'https:'

const cookieName = (cookie: BrowserCookie): string =>
  `${isSecure(cookie) ? '__Host-' : ''}emrex-${cookie.transferId.slice(0, 12)}`

function cookieLine(cookie: BrowserCookie, value: string, maxAgeSeconds: number): string {
  const secure = isSecure(cookie) ? '; Secure' : ''
  return `${cookieName(cookie)}=${value}; Path=/; Max-Age=${Math.floor(maxAgeSeconds)}; HttpOnly; SameSite=Lax${secure}`
}
