import type { AssertedValue, AssertedValues } from '@emrex-gateway/core'

/** Claims of the protocol: what userinfo says about them counts for nothing. */
const protocolClaims = ['iss', 'sub', 'aud', 'azp', 'exp', 'iat', 'nbf', 'auth_time', 'nonce', 'acr', 'amr', 'at_hash']

/**
 * The claims of a login by name: those of userinfo, and over them those of the ID token, which is signed. Texts, numbers and
 * lists of them are values; what is nested deeper is not. A claim that says nothing (null, an empty text) hides none.
 */
export function assertedValues(idToken: object, userinfo: object = {}): AssertedValues {
  const personal = Object.entries(userinfo).filter(([name]) => !protocolClaims.includes(name))
  const claims = [...personal, ...Object.entries(idToken)].map(([name, value]) => [name, textsOf(value)] as const)
  return new Map(claims.filter(([, values]) => values.some(({ text }) => text.trim() !== '')))
}

const textsOf = (value: unknown): AssertedValue[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [{ text: String(one) }] : [],
  )
