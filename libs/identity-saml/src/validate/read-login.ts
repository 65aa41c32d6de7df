import type { Element } from '@xmldom/xmldom'
import { assuranceOf, reachesLoa, type AssertedValues, type Loa, type LoaRule } from '@emrex-gateway/core'
import { demand } from '../saml-refusal.js'
import { attributeOf, childrenNamed, onlyChild, textOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { instant } from './instant.js'
import type { AssertedFacts } from './response-outcome.js'
import type { AssertionScene } from './scene.js'

const saml = namespaces.assertion

/**
 * When, how strongly and by whom somebody was logged in. `attributes` are those of the same assertion, for a profile whose
 * level stands among them.
 *
 * Spec: SAML 2.0 Core, 2.7.2.
 * @throws {SamlRefusal} `count-*`, `time`, `not-yet`, `expired`, `stale-authn`, `loa-too-low`, `not-notified`, `authority`
 */
export function readLogin(
  scene: AssertionScene,
  attributes: AssertedValues,
): Pick<AssertedFacts, 'authnInstant' | 'sessionIndex' | 'loa' | 'loaRule' | 'authority'> {
  const statement = onlyChild(scene.assertion, saml, 'AuthnStatement', 'count-authn-statement')
  const context = onlyChild(statement, saml, 'AuthnContext', 'count-authn-context')
  const sessionIndex = attributeOf(statement, 'SessionIndex')
  const authority = readAuthority(context, scene.profile.response.authorities)
  return {
    authnInstant: readAuthnInstant(statement, scene),
    ...readLevel(context, attributes, scene),
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
    ...(authority === undefined ? {} : { authority }),
  }
}

function readAuthnInstant(statement: Element, { now, pending, profile }: AssertionScene): Date {
  const skew = profile.response.skewSeconds * 1000
  const at = instant(attributeOf(statement, 'AuthnInstant'))
  demand(at <= now + skew, 'not-yet')
  demand(!pending.freshLogin || at >= pending.issuedAt.getTime() - skew, 'stale-authn')
  const end = attributeOf(statement, 'SessionNotOnOrAfter')
  demand(end === undefined || instant(end) > now - skew, 'expired')
  return new Date(at)
}

function readLevel(
  context: Element,
  attributes: AssertedValues,
  { profile, pending }: AssertionScene,
): { readonly loa: Loa | 'none'; readonly loaRule?: LoaRule } {
  const references = childrenNamed(context, saml, 'AuthnContextClassRef').map((reference) => textOf(reference))
  demand(references.length <= 1, 'count-authn-context')
  const isInContext = profile.levelFrom === 'authn-context'
  demand(!isInContext || references.length === 1, 'count-authn-context')
  // How the person was proofed may count only together with how they logged in, which the context says.
  const values = isInContext ? references : [...references, ...assuranceOf(profile.attributes, attributes)]
  const known = profile.levels.filter(
    ({ value, onlyWith }) => values.includes(value) && (onlyWith === undefined || values.includes(onlyWith)),
  )
  // An assurance attribute lists the lower levels too.
  const loaRule = known.reduce<LoaRule | undefined>(
    (best, rule) => (best === undefined || !reachesLoa(best.loa, rule.loa) ? rule : best),
    undefined,
  )
  demand(loaRule !== undefined || !isInContext, 'loa-too-low')
  demand(!profile.response.needsNotified || !loaRule?.value.includes('/NotNotified/'), 'not-notified')
  const loa = loaRule?.loa ?? 'none'
  demand(reachesLoa(loa, pending.minimumLoa), 'loa-too-low')
  return { loa, ...(loaRule === undefined ? {} : { loaRule }) }
}

/** Where only some authorities are accepted, the login must name those that took part, and each must be one of them. */
function readAuthority(context: Element, accepted: readonly string[] | undefined): string | undefined {
  const named = childrenNamed(context, saml, 'AuthenticatingAuthority').map((authority) => textOf(authority))
  demand(accepted === undefined || named.length > 0, 'authority')
  demand(accepted === undefined || named.every((authority) => accepted.includes(authority)), 'authority')
  return named[0]
}
