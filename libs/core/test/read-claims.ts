import type { AssertedValue, ClaimRule } from '../src/claims/claim-rules.js'
import { identityOfClaims, type LoginFacts } from '../src/claims/identity-of-claims.js'

const known = { source: 'this test' }
/** A rule, known from the test that makes it. */
export const rule = (
  gives: ClaimRule['gives'],
  names: string | readonly string[],
  more: Partial<ClaimRule> = {},
): ClaimRule => ({
  names: typeof names === 'string' ? [names] : names,
  gives,
  known,
  ...more,
})
const facts: LoginFacts = {
  provider: 'home',
  issuer: 'https://idp.example',
  subject: 'subject-1',
  loa: 'substantial',
  authenticatedAt: '2026-11-26T10:00:00.000Z',
}

type Written = string | AssertedValue
/** Claims as a login asserts them; text stands for a value without more to say. */
export const asserted = (claims: Readonly<Record<string, Written | readonly Written[]>>) =>
  new Map(
    Object.entries(claims).map(([name, given]) => [
      name,
      (Array.isArray(given) ? (given as readonly Written[]) : [given as Written]).map((value) =>
        typeof value === 'string' ? { text: value } : value,
      ),
    ]),
  )

/** The identity that the rules read from the claims. @throws {Error} when they read none */
export function identityFrom(
  rules: readonly ClaimRule[],
  claims: Readonly<Record<string, Written | readonly Written[]>>,
  more: Partial<LoginFacts> = {},
) {
  const outcome = identityOfClaims(rules, asserted(claims), { ...facts, ...more })
  if (!('identity' in outcome)) throw new Error(JSON.stringify(outcome))
  return outcome.identity
}

export const outcomeOf = (
  rules: readonly ClaimRule[],
  claims: Readonly<Record<string, Written | readonly Written[]>>,
  more: Partial<LoginFacts> = {},
) => identityOfClaims(rules, asserted(claims), { ...facts, ...more })
