import { createHash, createPrivateKey, randomBytes } from 'node:crypto'
import { startLoopbackServer, type LoopbackOptions, type Reply, type SeenRequest } from '../loopback-server.js'
import { page, selfPostingPage } from '../self-posting-page.js'
import { makeThrowawaySigner } from '../../throwaway-signer.js'
import { mockLoginPage } from './mock-login-page.js'
import { attributeIn, readSamlMessage, textIn } from './read-authn-request.js'
import { element, escapeText, signElement, within, type StandInKey } from './saml-writer.js'
import {
  mockFaults,
  newId,
  writeResponse,
  type AnswerRules,
  type MockFault,
  type MockPerson,
  type SeenAuthnRequest,
} from './write-response.js'

/** What the operator of the login knows about a service. */
export interface MockServiceProvider {
  /** Where answers go; default: the address of the request. */
  readonly consumerUrl?: string
  readonly logoutUrl?: string
  /** PEM; what is sent to it is encrypted with it. */
  readonly encryptionCertificate?: string
  /** With an RSA key: the older RSA-OAEP, which has SHA-1 in it. */
  readonly oaepSha1?: boolean
}

export interface MockIdpOptions extends LoopbackOptions {
  readonly people: readonly MockPerson[]
  /** On its page; default `Mock login`. */
  readonly title?: string
  /** Default: the address of its metadata. */
  readonly entityId?: string
  /** Default `both`. */
  readonly signed?: AnswerRules['signed']
  readonly key?: 'rsa' | 'ec'
  /** AuthnContextClassRef of a good login; default: eIDAS substantial. */
  readonly level?: string
  /** The one of the fault `wrong-level`; default: eIDAS low. */
  readonly lowLevel?: string
  readonly nameIdFormat?: string
  readonly authority?: string
  /** How answers go back; default `post`. */
  readonly binding?: 'post' | 'artifact'
  /** By entityID; a service that is not in here is served without encryption. */
  readonly services?: Readonly<Record<string, MockServiceProvider>>
  /** Says whether the signature of a request or a question holds, such as by xmlsec1; default: nobody looks. */
  readonly verify?: (xml: string, kind: 'AuthnRequest' | 'ArtifactResolve') => Promise<boolean>
  readonly now?: () => Date
}

export interface MockIdp {
  readonly origin: string
  readonly entityId: string
  /** Where its metadata is served, not signed. */
  readonly metadataUrl: string
  readonly metadata: string
  /** PEM. */
  readonly certificate: string
  /** Every request, in order. */
  readonly received: readonly SeenRequest[]
  register(entityId: string, service: MockServiceProvider): void
  /** What it sends back to a request without anybody at its page: the fields of the form. */
  answer(
    fields: Readonly<Record<string, string>>,
    who: string,
    fault?: MockFault,
  ): Promise<Readonly<Record<string, string>>>
  /** Signs an element that `element` of this folder wrote, with the key of the login. */
  sign(text: string): string
  close(): Promise<void>
}

const eidas = 'http://eidas.europa.eu/LoA/'

/**
 * A SAML identity provider with a page of invented people. Shares no line with the gateway: messages are written from text
 * in canonical form, and Node signs and encrypts. It looks at no signature unless `verify` does.
 *
 * Spec: SAML 2.0 Web Browser SSO Profile, HTTP-POST and HTTP-Artifact bindings.
 */
export async function startMockIdp(options: MockIdpOptions): Promise<MockIdp> {
  const signer = await makeThrowawaySigner({
    key: options.key === 'ec' ? { type: 'ec', curve: 'P-256' } : { type: 'rsa', bits: 2048 },
  })
  const key: StandInKey = { privateKey: createPrivateKey(signer.privateKey), certificate: signer.certificate }
  const title = options.title ?? 'Mock login'
  const services = new Map(Object.entries(options.services ?? {}))
  const received: SeenRequest[] = []
  const waiting = new Map<string, SeenAuthnRequest>()
  const artifacts = new Map<string, string>()

  const server = await startLoopbackServer(options, async (request) => {
    received.push(request)
    if (request.path === '/metadata')
      return { status: 200, headers: { 'content-type': 'application/samlmetadata+xml' }, body: metadata }
    if (request.path === '/sso') return askWho(request)
    if (request.path === '/login') return logIn(request)
    if (request.path === '/artifact') return resolve(request)
    if (request.path === '/slo') return logOut(request)
    return { status: 404, body: page(title, '<p>There is no such page.</p>') }
  })
  const entityId = options.entityId ?? `${server.origin}/metadata`
  const metadata = writeMetadata(entityId, server.origin, key, options.nameIdFormat)
  const rules: AnswerRules = {
    entityId,
    key,
    signed: options.signed ?? 'both',
    level: options.level ?? `${eidas}substantial`,
    lowLevel: options.lowLevel ?? `${eidas}low`,
    nameIdFormat: options.nameIdFormat ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    ...(options.authority === undefined ? {} : { authority: options.authority }),
    now: options.now ?? (() => new Date()),
  }

  function seen(message: { readonly xml: string; readonly relayState: string }): SeenAuthnRequest {
    const issuer = textIn(message.xml, 'Issuer')
    const service = services.get(issuer)
    return {
      id: attributeIn(message.xml, 'ID'),
      issuer,
      consumerUrl: service?.consumerUrl ?? attributeIn(message.xml, 'AssertionConsumerServiceURL'),
      relayState: message.relayState,
      xml: message.xml,
      ...(service?.encryptionCertificate === undefined
        ? {}
        : { encryptionCertificate: service.encryptionCertificate, oaepSha1: service.oaepSha1 === true }),
    }
  }

  async function askWho(request: SeenRequest): Promise<Reply> {
    const message = readSamlMessage(request, 'SAMLRequest')
    const asked = message === undefined ? undefined : seen(message)
    if (asked === undefined || asked.id === '' || asked.consumerUrl === '')
      return { status: 400, body: page(title, '<p>This is no request for a login.</p>') }
    if (options.verify !== undefined && !(await options.verify(asked.xml, 'AuthnRequest')))
      return { status: 403, body: page(title, '<p>The signature of the request does not hold.</p>') }
    const handle = randomBytes(16).toString('hex')
    waiting.set(handle, asked)
    return { status: 200, body: mockLoginPage(title, options.people, handle) }
  }

  function fieldsFor(asked: SeenAuthnRequest, who: string, fault?: MockFault): Readonly<Record<string, string>> {
    const person = who === 'cancel' ? 'cancel' : options.people.find(({ id }) => id === who)
    if (person === undefined) throw new Error(`nobody here is called ${who}`)
    const response = writeResponse(asked, person, rules, fault)
    if (options.binding !== 'artifact')
      return { SAMLResponse: Buffer.from(response).toString('base64'), RelayState: asked.relayState }
    const artifact = Buffer.concat([
      Buffer.from([0, 4, 0, 0]),
      createHash('sha1').update(entityId).digest(),
      randomBytes(20),
    ]).toString('base64')
    artifacts.set(artifact, response)
    return { SAMLart: artifact, RelayState: asked.relayState }
  }

  function logIn({ fields }: SeenRequest): Reply {
    const asked = waiting.get(fields['login'] ?? '')
    if (asked === undefined) return { status: 400, body: page(title, '<p>Nobody waits for this login.</p>') }
    waiting.delete(fields['login'] ?? '')
    const fault = mockFaults.find((one) => one === fields['fault'])
    return {
      status: 200,
      body: selfPostingPage(title, asked.consumerUrl, fieldsFor(asked, fields['person'] ?? '', fault)),
    }
  }

  /** Once each; an artifact that nobody knows is answered without a message. */
  async function resolve({ body }: SeenRequest): Promise<Reply> {
    const question = /<samlp:ArtifactResolve[\s\S]*<\/samlp:ArtifactResolve>/.exec(body)?.[0] ?? ''
    const isGood = options.verify === undefined || (await options.verify(question, 'ArtifactResolve'))
    const artifact = textIn(question, 'Artifact')
    const response = isGood ? artifacts.get(artifact) : undefined
    artifacts.delete(artifact)
    const answer = element(
      'saml2p:ArtifactResponse',
      {
        ID: newId(),
        InResponseTo: attributeIn(question, 'ID'),
        IssueInstant: rules.now().toISOString(),
        Version: '2.0',
      },
      `<saml2:Issuer>${escapeText(entityId)}</saml2:Issuer><saml2p:Status>` +
        '<saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></saml2p:StatusCode></saml2p:Status>' +
        (response === undefined ? '' : within(response)),
    )
    return {
      status: 200,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body:
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>' +
        `${signElement(answer, key)}</soap:Body></soap:Envelope>`,
    }
  }

  function logOut(request: SeenRequest): Reply {
    const message = readSamlMessage(request, 'SAMLRequest')
    const url = message === undefined ? undefined : services.get(textIn(message.xml, 'Issuer'))?.logoutUrl
    if (message === undefined || url === undefined)
      return { status: 200, body: page(title, '<p>You are logged out.</p>') }
    const response = element(
      'saml2p:LogoutResponse',
      {
        Destination: url,
        ID: newId(),
        InResponseTo: attributeIn(message.xml, 'ID'),
        IssueInstant: rules.now().toISOString(),
        Version: '2.0',
      },
      `<saml2:Issuer>${escapeText(entityId)}</saml2:Issuer><saml2p:Status>` +
        '<saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></saml2p:StatusCode></saml2p:Status>',
    )
    const SAMLResponse = Buffer.from(signElement(response, key)).toString('base64')
    return { status: 200, body: selfPostingPage(title, url, { SAMLResponse }) }
  }

  return {
    origin: server.origin,
    entityId,
    metadataUrl: `${server.origin}/metadata`,
    metadata,
    certificate: signer.certificate,
    received,
    register: (id, service) => void services.set(id, service),
    answer: async ({ SAMLRequest = '', RelayState = '' }, who, fault) =>
      fieldsFor(seen({ xml: Buffer.from(SAMLRequest, 'base64').toString('utf8'), relayState: RelayState }), who, fault),
    sign: (text) => signElement(text, key),
    close: () => server.close(),
  }
}

function writeMetadata(entityId: string, origin: string, key: StandInKey, format: string | undefined): string {
  const packed = key.certificate.replace(/-----[A-Z ]+-----|\s/g, '')
  const at = (kind: string, binding: string, path: string, index = ''): string =>
    `<md:${kind} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${origin}${path}"${index}/>`
  return (
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeText(entityId)}">` +
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
    '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>' +
    `<ds:X509Certificate>${packed}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>` +
    at('ArtifactResolutionService', 'SOAP', '/artifact', ' index="0"') +
    at('SingleLogoutService', 'HTTP-POST', '/slo') +
    at('SingleLogoutService', 'HTTP-Redirect', '/slo') +
    (format === undefined ? '' : `<md:NameIDFormat>${format}</md:NameIDFormat>`) +
    at('SingleSignOnService', 'HTTP-POST', '/sso') +
    at('SingleSignOnService', 'HTTP-Redirect', '/sso') +
    '</md:IDPSSODescriptor></md:EntityDescriptor>'
  )
}
