import { randomBytes } from 'node:crypto'
import { encryptAssertion } from './encrypt-assertion.js'
import { element, escapeText, signElement, within, type StandInKey } from './saml-writer.js'

const status = 'urn:oasis:names:tc:SAML:2.0:status:'

/** What goes wrong with an answer. */
export const mockFaults = ['wrong-level', 'missing-attribute', 'expired'] as const
export type MockFault = (typeof mockFaults)[number]

/** Somebody invented who can log in. */
export interface MockPerson {
  readonly id: string
  /** Shown on the page. */
  readonly label: string
  readonly note?: string
  /** Default: `id`. */
  readonly nameId?: string
  /** By Name of the attribute. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>
}

export interface AnswerRules {
  readonly entityId: string
  readonly key: StandInKey
  readonly signed: 'response' | 'assertion' | 'both'
  /** AuthnContextClassRef. */
  readonly level: string
  readonly lowLevel: string
  readonly nameIdFormat: string
  /** AuthenticatingAuthority. */
  readonly authority?: string
  readonly now: () => Date
}

/** What is known of the request that is answered. */
export interface SeenAuthnRequest {
  readonly id: string
  readonly issuer: string
  readonly consumerUrl: string
  readonly relayState: string
  /** The document as it came. */
  readonly xml: string
  readonly encryptionCertificate?: string
  readonly oaepSha1?: boolean
}

export const newId = (): string => `_${randomBytes(16).toString('hex')}`

/** The answer to a request: a person, or somebody who called it off. */
export function writeResponse(
  request: SeenAuthnRequest,
  person: MockPerson | 'cancel',
  rules: AnswerRules,
  fault?: MockFault,
): string {
  const at = (seconds: number): string => new Date(rules.now().getTime() + seconds * 1000).toISOString()
  const issuer = `<saml2:Issuer>${escapeText(rules.entityId)}</saml2:Issuer>`
  const content =
    person === 'cancel'
      ? `<saml2p:Status><saml2p:StatusCode Value="${status}Responder"><saml2p:StatusCode Value="${status}AuthnFailed">` +
        '</saml2p:StatusCode></saml2p:StatusCode></saml2p:Status>'
      : `<saml2p:Status><saml2p:StatusCode Value="${status}Success"></saml2p:StatusCode></saml2p:Status>` +
        packed(writeAssertion(request, person, rules, at, fault), request, rules)
  const response = element(
    'saml2p:Response',
    {
      Destination: request.consumerUrl,
      ID: newId(),
      InResponseTo: request.id,
      IssueInstant: at(0),
      Version: '2.0',
    },
    issuer + content,
  )
  return rules.signed === 'assertion' && person !== 'cancel' ? response : signElement(response, rules.key)
}

function packed(assertion: string, request: SeenAuthnRequest, { signed, key }: AnswerRules): string {
  const whole = signed === 'response' ? assertion : signElement(assertion, key)
  const { encryptionCertificate, oaepSha1 } = request
  return encryptionCertificate === undefined ? within(whole) : encryptAssertion(whole, encryptionCertificate, oaepSha1)
}

function writeAssertion(
  request: SeenAuthnRequest,
  person: MockPerson,
  rules: AnswerRules,
  at: (seconds: number) => string,
  fault: MockFault | undefined,
): string {
  const [start, end] = fault === 'expired' ? [-3600, -3000] : [-5, 290]
  const attributes = Object.entries(person.attributes).slice(0, fault === 'missing-attribute' ? 1 : undefined)
  const authority =
    rules.authority === undefined
      ? ''
      : `<saml2:AuthenticatingAuthority>${escapeText(rules.authority)}</saml2:AuthenticatingAuthority>`
  return element(
    'saml2:Assertion',
    { ID: newId(), IssueInstant: at(0), Version: '2.0' },
    `<saml2:Issuer>${escapeText(rules.entityId)}</saml2:Issuer><saml2:Subject>` +
      `<saml2:NameID Format="${rules.nameIdFormat}">${escapeText(person.nameId ?? person.id)}</saml2:NameID>` +
      '<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData' +
      ` InResponseTo="${escapeText(request.id)}" NotOnOrAfter="${at(end)}"` +
      ` Recipient="${escapeText(request.consumerUrl)}"></saml2:SubjectConfirmationData></saml2:SubjectConfirmation>` +
      `</saml2:Subject><saml2:Conditions NotBefore="${at(start)}" NotOnOrAfter="${at(end)}">` +
      `<saml2:AudienceRestriction><saml2:Audience>${escapeText(request.issuer)}</saml2:Audience>` +
      `</saml2:AudienceRestriction></saml2:Conditions><saml2:AuthnStatement AuthnInstant="${at(0)}"` +
      ` SessionIndex="${newId()}"><saml2:AuthnContext><saml2:AuthnContextClassRef>` +
      `${escapeText(fault === 'wrong-level' ? rules.lowLevel : rules.level)}</saml2:AuthnContextClassRef>${authority}` +
      `</saml2:AuthnContext></saml2:AuthnStatement><saml2:AttributeStatement>` +
      `${attributes.map(([name, value]) => attribute(name, [value].flat())).join('')}</saml2:AttributeStatement>`,
  )
}

const attribute = (name: string, values: readonly string[]): string =>
  `<saml2:Attribute Name="${escapeText(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">` +
  values.map((value) => `<saml2:AttributeValue>${escapeText(value)}</saml2:AttributeValue>`).join('') +
  '</saml2:Attribute>'
