import type { KeyObject } from 'node:crypto'
import type { SignatureAlgorithm } from '../profile.js'
import { demand } from '../saml-refusal.js'
import { signatureOfUri, signatureUris, signValue, valueHolds } from './algorithms.js'

/**
 * The query of a message by the Redirect binding with its signature: SigAlg and Signature are added behind `query`, which
 * is `SAMLRequest=…` or `SAMLResponse=…`, then RelayState if there is one, each encoded already.
 *
 * Spec: SAML 2.0 Bindings, 3.4.4.1.
 */
export function signDetached(query: string, algorithm: SignatureAlgorithm, key: KeyObject): string {
  const signed = `${query}&SigAlg=${encodeURIComponent(signatureUris[algorithm])}`
  const value = signValue(algorithm, key, Buffer.from(signed)).toString('base64')
  return `${signed}&Signature=${encodeURIComponent(value)}`
}

const order = ['RelayState', 'SigAlg', 'Signature']

/**
 * Verifies the raw query of a message by the Redirect binding, as it came, octet by octet: nothing is encoded anew. It
 * must have the message, perhaps RelayState, SigAlg and Signature, each once, in this order, and nothing else.
 *
 * Spec: SAML 2.0 Bindings, 3.4.4.1.
 * @throws {SamlRefusal} `query`, `unsigned`, `sig-alg`, `sig-invalid`
 */
export function verifyDetached(
  rawQuery: string,
  keys: readonly KeyObject[],
  accepted: readonly SignatureAlgorithm[],
): ReadonlyMap<string, string> {
  const pairs = rawQuery.split('&').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  const names = pairs.map(([name]) => name!)
  const message = names[0] === 'SAMLRequest' || names[0] === 'SAMLResponse'
  const rest = names.slice(1)
  demand(rest.includes('Signature'), 'unsigned')
  const expected = order.filter((name) => name !== 'RelayState' || rest[0] === 'RelayState')
  demand(message && rest.join('&') === expected.join('&'), 'query')
  const values = new Map(pairs.map(([name, value]) => [name!, decoded(value!)]))
  const algorithm = signatureOfUri(values.get('SigAlg'), accepted)
  demand(algorithm !== undefined, 'sig-alg')
  const signed = Buffer.from(rawQuery.slice(0, rawQuery.lastIndexOf('&Signature=')))
  const value = Buffer.from(values.get('Signature')!, 'base64')
  demand(
    keys.some((key) => valueHolds(algorithm, key, signed, value)),
    'sig-invalid',
  )
  return values
}

function decoded(value: string): string {
  let text: string | undefined
  try {
    text = decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    // Half a sequence of UTF-8: the same refusal as for what is no query.
  }
  demand(text !== undefined, 'query')
  return text
}
