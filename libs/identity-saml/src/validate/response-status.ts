import type { Element } from '@xmldom/xmldom'
import type { StatusDetail } from '../saml-refusal.js'
import { attributeOf, childrenNamed, onlyChild } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'

const status = 'urn:oasis:names:tc:SAML:2.0:status:'

const details: Readonly<Record<string, StatusDetail>> = {
  RequestDenied: 'status-request-denied',
  AuthnFailed: 'status-authn-failed',
  NoAuthnContext: 'status-no-authn-context',
  RequestUnsupported: 'status-request-unsupported',
  InvalidAttrNameOrValue: 'status-invalid-attribute',
  NoAvailableIDP: 'status-no-idp',
  NoSupportedIDP: 'status-no-idp',
}

/** Sweden has a code of its own for whoever calls a login off. */
const swedishCancel = 'http://id.elegnamnden.se/status/1.0/cancel'
/** SPID says by a number in StatusMessage what else would be a second code. */
const spidNumber = /^ErrorCode nr(\d{2})$/

/**
 * What a Response says of a login that did not succeed; undefined: it did. The text of a message is never handed on.
 *
 * Spec: SAML 2.0 Core, 3.2.2.2; SPID, table of error codes; Sweden Connect, Deployment Profile, 6.4.
 * @throws {SamlRefusal} `count-status`
 */
export function responseStatus(response: Element): StatusDetail | undefined {
  const element = onlyChild(response, namespaces.protocol, 'Status', 'count-status')
  const code = onlyChild(element, namespaces.protocol, 'StatusCode', 'count-status')
  const first = attributeOf(code, 'Value')
  if (first === `${status}Success`) return undefined
  const [message] = childrenNamed(element, namespaces.protocol, 'StatusMessage')
  const number = Number(spidNumber.exec(message?.textContent?.trim() ?? '')?.[1])
  if (number === 22) return 'status-request-denied'
  if ((number >= 19 && number <= 25) || number === 30) return 'status-authn-failed'
  const [second] = childrenNamed(code, namespaces.protocol, 'StatusCode')
  const value = second === undefined ? undefined : attributeOf(second, 'Value')
  if (value === swedishCancel) return 'status-authn-failed'
  if (value?.startsWith(status)) return details[value.slice(status.length)] ?? 'status-other'
  if (first === `${status}Responder`) return 'status-responder'
  return first === `${status}Requester` ? 'status-requester' : 'status-other'
}
