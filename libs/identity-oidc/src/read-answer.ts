import type { InboundMessage } from '@emrex-gateway/core'
import { LoginRefused } from './login-refused.js'

/** What an issuer may send in an answer; anything beside it, such as `next`, is not looked at. */
const known = ['code', 'state', 'iss', 'error', 'response', 'id_token', 'token'] as const

/**
 * The parameters of an answer, from the address of a GET or the form of a POST.
 * Spec: OAuth 2.0 Form Post Response Mode; RFC 6749 3.1 (no parameter twice).
 * @throws {LoginRefused}
 */
export function readAnswer(message: InboundMessage): URLSearchParams {
  const answer = new URLSearchParams()
  for (const name of known) {
    const values = valuesOf(message, name)
    if (values.length > 1) throw new LoginRefused('invalid-message', 'parameter-twice')
    if (values[0] !== undefined) answer.set(name, values[0])
  }
  return answer
}

/** The handle in an answer, if there is exactly one. */
export function stateOf(message: InboundMessage): string | undefined {
  const values = valuesOf(message, 'state')
  return values.length === 1 && values[0] !== '' ? values[0] : undefined
}

function valuesOf({ method, url, form }: InboundMessage, name: string): readonly string[] {
  if (method === 'GET') return new URL(url).searchParams.getAll(name)
  const value = form.get(name)
  return value === undefined ? [] : [value]
}
