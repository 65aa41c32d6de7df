import { inflateRawSync } from 'node:zlib'
import type { SeenRequest } from '../loopback-server.js'

/** A SAML message as it came by form or by address, and its RelayState. Read by plain string search. */
export function readSamlMessage(
  request: SeenRequest,
  field: 'SAMLRequest' | 'SAMLResponse',
): { readonly xml: string; readonly relayState: string } | undefined {
  const inForm = request.fields[field]
  if (inForm !== undefined)
    return { xml: Buffer.from(inForm, 'base64').toString('utf8'), relayState: request.fields['RelayState'] ?? '' }
  const inQuery = request.query.get(field)
  if (inQuery === null) return undefined
  const xml = inflateRawSync(Buffer.from(inQuery, 'base64'), { maxOutputLength: 200_000 }).toString('utf8')
  return { xml, relayState: request.query.get('RelayState') ?? '' }
}

/** An attribute of the root, or the text of the first element with that name; '' where there is none. */
export const attributeIn = (xml: string, name: string): string =>
  unescape(new RegExp(`^<[^>]*\\s${name}="([^"]*)"`).exec(xml)?.[1] ?? '')
export const textIn = (xml: string, name: string): string =>
  unescape(new RegExp(`<(?:[\\w.-]+:)?${name}\\b[^>]*>([^<]*)<`).exec(xml)?.[1] ?? '')

const unescape = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => plain[name] ?? '')
const plain: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
