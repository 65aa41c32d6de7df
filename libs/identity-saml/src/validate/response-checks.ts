import type { Element } from '@xmldom/xmldom'
import { demand } from '../saml-refusal.js'
import { attributeOf, childrenNamed, textOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { instant } from './instant.js'
import type { ResponseScene } from './scene.js'

type ResponseCheck = (scene: ResponseScene) => void

/** Spec: SAML 2.0 Core, 3.2.2. */
const checkVersion: ResponseCheck = ({ response }) => demand(attributeOf(response, 'Version') === '2.0', 'version')

/** A Response that is not signed may leave it out. Spec: SAML 2.0 Bindings, 3.5.5.2. */
const checkDestination: ResponseCheck = ({ response, isResponseSigned, context }) => {
  const destination = attributeOf(response, 'Destination')
  demand(destination !== undefined || !isResponseSigned, 'destination')
  demand(destination === undefined || destination === context.callbackUrl, 'destination')
}

/** A Response that is not signed may leave it out. Spec: SAML 2.0 Profiles, 4.1.4.2. */
const checkIssuer: ResponseCheck = ({ response, isResponseSigned, context }) => {
  const [issuer, ...more] = childrenNamed(response, namespaces.assertion, 'Issuer')
  demand(more.length === 0, 'count-issuer')
  demand(issuer !== undefined || !isResponseSigned, 'issuer')
  demand(issuer === undefined || isEntity(issuer, context.idpEntityId), 'issuer')
}

/** An answer that nobody asked for is refused, signed or not. */
const checkInResponseTo: ResponseCheck = ({ response, pending }) => {
  const inResponseTo = attributeOf(response, 'InResponseTo')
  demand(inResponseTo !== undefined, 'unsolicited')
  demand(inResponseTo === pending.requestId, 'irt')
}

const checkResponseInstant: ResponseCheck = ({ response, now, profile }) => checkIssued(response, now, profile.response)

/** In the order in which they are done. */
export const responseChecks: readonly ResponseCheck[] = [
  checkVersion,
  checkDestination,
  checkIssuer,
  checkInResponseTo,
  checkResponseInstant,
]

/** What must hold of an answer that says that there was no login, signed or not. */
export const errorChecks: readonly ResponseCheck[] = [checkVersion, checkDestination, checkIssuer, checkInResponseTo]

/** Whether an Issuer is the entity, exactly. */
export const isEntity = (issuer: Element, entityId: string): boolean =>
  textOf(issuer, 'issuer') === entityId &&
  [undefined, 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity'].includes(attributeOf(issuer, 'Format'))

/** Neither from the future nor older than an assertion may be. */
export function checkIssued(
  element: Element,
  now: number,
  rules: { readonly skewSeconds: number; readonly maxLifetimeSeconds: number },
): void {
  const issued = instant(attributeOf(element, 'IssueInstant'))
  demand(issued <= now + rules.skewSeconds * 1000, 'not-yet')
  demand(issued > now - (rules.maxLifetimeSeconds + rules.skewSeconds) * 1000, 'expired')
}
