import type { KeyObject } from 'node:crypto'
import type { SamlProfile } from '../profile.js'
import { demand, SamlRefusal } from '../saml-refusal.js'
import { fetchLimited } from '../fetch-limited.js'
import { signEnveloped, type Signer } from '../signature/sign-enveloped.js'
import { verifySignature } from '../signature/verify-signature.js'
import type { EmbeddedResponse } from '../validate/response-outcome.js'
import { attributeOf, childrenOf, isNamed, onlyChild, textOf } from '../xml/elements.js'
import { escapeXml } from '../xml/escape-xml.js'
import { namespaces } from '../xml/namespaces.js'
import { parseStrict, type StrictDocument } from '../xml/parse-strict.js'
import { messageLimits } from '../xml/xml-limits.js'
import { issuerElement } from './issuer-element.js'

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'
const timeoutMs = 5_000

export interface ArtifactExchange {
  readonly artifact: string
  /** Of the ArtifactResolve, made for this call. */
  readonly id: string
  readonly issuedAt: Date
  /** Where the metadata of the login says that artifacts are resolved. */
  readonly url: string
  readonly ourEntityId: string
  readonly theirEntityId: string
  readonly theirKeys: readonly KeyObject[]
  readonly signer: Signer
  readonly fetch: typeof fetch
}

/**
 * Fetches the message that an artifact stands for: a signed question over SOAP, a signed answer to exactly this question,
 * 5 seconds, no redirect, the size of a message. What is returned is the Response within the signed answer, not judged yet.
 *
 * Spec: SAML 2.0 Bindings, sections 3.2 and 3.6; SAML 2.0 Core, section 3.5.
 * @throws {SamlRefusal} `back-channel`, `soap`, `soap-fault`, `irt`, `issuer`, `status-other`, `artifact`, and those of
 *   parseStrict and verifySignature
 */
export async function resolveArtifact(profile: SamlProfile, exchange: ArtifactExchange): Promise<EmbeddedResponse> {
  const body = await post(exchange, envelope(createArtifactResolve(profile, exchange)))
  const document = parseStrict(body)
  const answer = artifactResponseOf(document)
  const { signatures, digests } = profile.response
  const policy = { signatures, digests, minRsaBits: profile.minRsaBits }
  const trusted = verifySignature(document, answer, exchange.theirKeys, policy)
  const { root } = trusted
  demand(attributeOf(root, 'InResponseTo') === exchange.id, 'irt')
  const issuer = textOf(onlyChild(root, namespaces.assertion, 'Issuer', 'count-issuer'))
  demand(issuer === exchange.theirEntityId, 'issuer')
  const status = onlyChild(root, namespaces.protocol, 'Status', 'count-status')
  const code = onlyChild(status, namespaces.protocol, 'StatusCode', 'count-status')
  demand(attributeOf(code, 'Value') === success, 'status-other')
  const messages = childrenOf(root).slice(childrenOf(root).indexOf(status) + 1)
  // A Success without a message says that nobody knows the artifact.
  demand(messages.length > 0, 'artifact')
  demand(messages.length === 1, 'responses')
  demand(isNamed(messages[0]!, namespaces.protocol, 'Response'), 'root')
  return { document: trusted, response: messages[0]! }
}

function createArtifactResolve(profile: SamlProfile, exchange: ArtifactExchange): string {
  const xml =
    `<samlp:ArtifactResolve xmlns:samlp="${namespaces.protocol}" xmlns:saml="${namespaces.assertion}" ` +
    `ID="${exchange.id}" Version="2.0" IssueInstant="${exchange.issuedAt.toISOString()}" ` +
    `Destination="${escapeXml(exchange.url)}">${issuerElement(exchange.ourEntityId, profile.request.issuer)}` +
    `<samlp:Artifact>${escapeXml(exchange.artifact)}</samlp:Artifact></samlp:ArtifactResolve>`
  return signEnveloped(xml, { ...exchange.signer, id: exchange.id, place: 'after-issuer' })
}

const envelope = (message: string): string =>
  `<soap:Envelope xmlns:soap="${soap}"><soap:Body>${message}</soap:Body></soap:Envelope>`

async function post({ fetch, url }: ArtifactExchange, body: string): Promise<Uint8Array> {
  const headers = {
    'content-type': 'text/xml; charset=utf-8',
    soapaction: '"http://www.oasis-open.org/committees/security"',
  }
  try {
    return await fetchLimited(
      fetch,
      url,
      { method: 'POST', headers, body },
      { maxBytes: messageLimits.maxBytes, timeoutMs },
    )
  } catch {
    throw new SamlRefusal('back-channel')
  }
}

function artifactResponseOf({ root }: StrictDocument) {
  demand(isNamed(root, soap, 'Envelope'), 'soap')
  const body = onlyChild(root, soap, 'Body', 'soap')
  const [content, ...more] = childrenOf(body)
  demand(content !== undefined && more.length === 0, 'soap')
  demand(!isNamed(content, soap, 'Fault'), 'soap-fault')
  demand(isNamed(content, namespaces.protocol, 'ArtifactResponse'), 'soap')
  return content
}
