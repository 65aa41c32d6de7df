import type { Element } from '@xmldom/xmldom'
import { demand } from '../saml-refusal.js'
import { attributeOf, childrenNamed, childrenOf, isNamed, onlyChild, textOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { instant } from './instant.js'
import { checkIssued, isEntity } from './response-checks.js'
import type { AssertionScene } from './scene.js'

type AssertionCheck = (scene: AssertionScene) => void

const saml = namespaces.assertion
const dayMs = 86_400_000
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

const checkVersion: AssertionCheck = ({ assertion }) => demand(attributeOf(assertion, 'Version') === '2.0', 'version')

const checkIssuer: AssertionCheck = ({ assertion, context }) => {
  const issuers = childrenNamed(assertion, saml, 'Issuer')
  demand(issuers.length === 1, 'issuer')
  demand(
    issuers.every((issuer) => isEntity(issuer, context.idpEntityId)),
    'issuer',
  )
}

const checkInstant: AssertionCheck = ({ assertion, now, profile }) => checkIssued(assertion, now, profile.response)

/** One bearer confirmation, made for this address and this request. Spec: SAML 2.0 Profiles, 4.1.4.2 and 4.1.4.3. */
const checkConfirmation: AssertionCheck = (scene) => {
  const { context, pending } = scene
  const data = confirmationOf(scene.assertion)
  demand(attributeOf(data, 'NotBefore') === undefined, 'method')
  demand(attributeOf(data, 'Recipient') === context.callbackUrl, 'recipient')
  demand(attributeOf(data, 'InResponseTo') === pending.requestId, 'irt')
  checkEnd(data, scene)
}

/** Spec: SAML 2.0 Core, 2.5.1. */
const checkConditions: AssertionCheck = (scene) => {
  const conditions = conditionsOf(scene.assertion)
  const known = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']
  demand(
    childrenOf(conditions).every((child) => known.some((name) => isNamed(child, saml, name))),
    'conditions',
  )
  const notBefore = instant(attributeOf(conditions, 'NotBefore'))
  demand(notBefore <= scene.now + scene.profile.response.skewSeconds * 1000, 'not-yet')
  checkEnd(conditions, scene)
}

/** Every restriction must name us, exactly. */
const checkAudience: AssertionCheck = ({ assertion, context }) => {
  const restrictions = childrenNamed(conditionsOf(assertion), saml, 'AudienceRestriction')
  demand(restrictions.length > 0, 'audience')
  demand(
    restrictions.every((restriction) =>
      childrenNamed(restriction, saml, 'Audience').some((audience) => textOf(audience) === context.entityId),
    ),
    'audience',
  )
}

/** In the order in which they are done. */
export const assertionChecks: readonly AssertionCheck[] = [
  checkVersion,
  checkIssuer,
  checkInstant,
  checkConfirmation,
  checkConditions,
  checkAudience,
]

export const subjectOf = (assertion: Element): Element => onlyChild(assertion, saml, 'Subject', 'count-subject')

export const conditionsOf = (assertion: Element): Element =>
  onlyChild(assertion, saml, 'Conditions', 'count-conditions')

/** The SubjectConfirmationData of the only confirmation. */
export function confirmationOf(assertion: Element): Element {
  const confirmation = onlyChild(subjectOf(assertion), saml, 'SubjectConfirmation', 'count-confirmation')
  demand(attributeOf(confirmation, 'Method') === bearer, 'method')
  return onlyChild(confirmation, saml, 'SubjectConfirmationData', 'count-confirmation')
}

/**
 * An end that is not past, and within a day: common servers of universities say an hour and more. However late it is, an
 * assertion is believed no longer than the profile bears (`checkInstant`).
 */
function checkEnd(element: Element, { assertion, now, profile }: AssertionScene): void {
  const end = instant(attributeOf(element, 'NotOnOrAfter'))
  demand(end > now - profile.response.skewSeconds * 1000, 'expired')
  demand(end <= instant(attributeOf(assertion, 'IssueInstant')) + dayMs, 'time')
}
