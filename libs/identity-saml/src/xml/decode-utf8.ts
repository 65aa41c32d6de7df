import { demand, SamlRefusal } from '../saml-refusal.js'

/**
 * The text of bytes that must be UTF-8; a byte order mark in front is taken off.
 * @throws {SamlRefusal} `encoding`
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SamlRefusal('encoding')
  }
  // UTF-16 of plain letters is well-formed UTF-8 full of NULs.
  demand(!text.includes('\0'), 'encoding')
  return text
}
