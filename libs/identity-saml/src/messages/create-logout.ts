import type { SamlRequestRules } from '../profile.js'
import { escapeXml } from '../xml/escape-xml.js'
import { namespaces } from '../xml/namespaces.js'
import { issuerElement } from './issuer-element.js'

interface Sent {
  readonly id: string
  readonly issuedAt: Date
  readonly destination: string
  readonly entityId: string
  readonly issuer?: SamlRequestRules['issuer']
}

/** Whose session ends, as the login named it. */
export interface SessionName {
  readonly nameId: string
  readonly format?: string
  readonly nameQualifier?: string
  readonly spNameQualifier?: string
  readonly sessionIndex?: string
}

/** An unsigned LogoutRequest, good for five minutes. Spec: SAML 2.0 Core, section 3.7.1. */
export function createLogoutRequest(sent: Sent, session: SessionName): string {
  const attributes = Object.entries({
    Format: session.format,
    NameQualifier: session.nameQualifier,
    SPNameQualifier: session.spNameQualifier,
  }).flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(value)}"`]))
  const until = new Date(sent.issuedAt.getTime() + 300_000).toISOString()
  const index =
    session.sessionIndex === undefined
      ? ''
      : `<samlp:SessionIndex>${escapeXml(session.sessionIndex)}</samlp:SessionIndex>`
  return (
    `<samlp:LogoutRequest ${start(sent)} NotOnOrAfter="${until}">${issuerElement(sent.entityId, sent.issuer)}` +
    `<saml:NameID${attributes.join('')}>${escapeXml(session.nameId)}</saml:NameID>${index}</samlp:LogoutRequest>`
  )
}

/** An unsigned LogoutResponse. Spec: SAML 2.0 Core, section 3.7.2. */
export function createLogoutResponse(sent: Sent, inResponseTo: string, outcome: 'Success' | 'Requester'): string {
  return (
    `<samlp:LogoutResponse ${start(sent)} InResponseTo="${escapeXml(inResponseTo)}">` +
    `${issuerElement(sent.entityId, sent.issuer)}<samlp:Status>` +
    `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${outcome}"/></samlp:Status></samlp:LogoutResponse>`
  )
}

const start = ({ id, issuedAt, destination }: Sent): string =>
  `xmlns:samlp="${namespaces.protocol}" xmlns:saml="${namespaces.assertion}" ID="${id}" Version="2.0" ` +
  `IssueInstant="${issuedAt.toISOString()}" Destination="${escapeXml(destination)}"`
