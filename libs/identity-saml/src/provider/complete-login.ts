import {
  EmrexError,
  identityOfClaims,
  type ClaimRule,
  type IdentityOutcome,
  type InboundMessage,
  type LoginOrder,
  type Pending,
} from '@emrex-gateway/core'
import { decryptAssertion } from '../encryption/decrypt-assertion.js'
import { encryptionPolicyAt } from '../encryption/encryption-policy-at.js'
import { parseArtifact } from '../messages/parse-artifact.js'
import { resolveArtifact } from '../messages/resolve-artifact.js'
import type { IdentityProviderMetadata } from '../metadata/identity-provider-metadata.js'
import type { SamlProfile } from '../profile.js'
import { SamlRefusal } from '../saml-refusal.js'
import type { AssertedFacts, EmbeddedResponse, PendingRequest } from '../validate/response-outcome.js'
import { validateResponse } from '../validate/validate-response.js'
import { decodeBase64 } from '../xml/decode-base64.js'
import type { SamlParts } from './saml-parts.js'
import { endpointOf } from './saml-logout.js'
import { sessionOf } from './session-of.js'

/** Longer than any login keeps an artifact. */
const artifactMinutes = 60

/** Judges the message that came back from a login. */
export async function completeLogin(
  parts: SamlParts,
  message: InboundMessage,
  pending: Pending,
  order: LoginOrder,
): Promise<IdentityOutcome> {
  const { profile, host, settings, keys, id } = parts
  try {
    const asked = pendingRequest(pending, order)
    if (asked === undefined) return refused('invalid-message', 'nothing-pending')
    if (relayStateOf(message) !== order.handle) return refused('invalid-message', 'relay-state')
    const metadata = await parts.watch.current()
    if (pending['issuer'] !== metadata.entityId) return refused('invalid-message', 'issuer-changed')
    const response = await responseOf(parts, message, metadata)
    if (response === undefined) return refused('invalid-message', 'response-missing')
    const now = host.now()
    const outcome = validateResponse(response, asked, profile, now, {
      entityId: settings.entityId,
      callbackUrl: order.callbackUrl,
      idpEntityId: metadata.entityId,
      idpKeys: metadata.signingKeys,
      decrypt: (encrypted, isSigned) =>
        decryptAssertion(
          encrypted,
          keys.encryption.map(({ key }) => key),
          encryptionPolicyAt(profile.response, now, isSigned),
        ),
    })
    if (!outcome.ok) {
      const { reason, detail, attributes = [] } = outcome
      const named = attributes.join(' ')
      if (named !== '' && reason === 'attributes-missing')
        host.log.warn('login.attributes-missing', { login: id, missing: named })
      else if (named !== '')
        host.log.warn('login.attributes-malformed', { login: id, finding: `${named} has more values than one` })
      return refused(reason, detail)
    }
    const { facts } = outcome
    const until = new Date(facts.notOnOrAfter.getTime() + profile.response.skewSeconds * 1000)
    // Issuer and ID together: an ID of one login says nothing about that of another.
    if (!(await host.once(`saml-assertion:${id}`, JSON.stringify([facts.issuer, facts.assertionId]), until)))
      return refused('replayed', 'replayed')
    return outcomeOf(parts, facts, metadata)
  } catch (error) {
    if (error instanceof SamlRefusal) return refused(error.reason, error.detail)
    if (error instanceof EmrexError && error.code === 'LOGIN_UNAVAILABLE')
      return refused('provider-unavailable', 'metadata')
    throw error
  }
}

type Refused = Extract<IdentityOutcome, { readonly ok: false }>
const refused = (reason: Refused['reason'], detail: string): Refused => ({ ok: false, reason, detail })

function pendingRequest(pending: Pending, order: LoginOrder): PendingRequest | undefined {
  const { requestId, issuedAt, freshLogin } = pending
  if (requestId === undefined || issuedAt === undefined) return undefined
  return {
    requestId,
    issuedAt: new Date(issuedAt),
    freshLogin: freshLogin === 'yes',
    minimumLoa: order.minimumLoa,
  }
}

/** By form or, for an artifact, by address; a form is the only way for a Response. */
const fieldOf = ({ method, form, url }: InboundMessage, name: string): string | undefined =>
  form.get(name) ?? (method === 'GET' ? onlyParameter(url, name) : undefined)

function onlyParameter(url: string, name: string): string | undefined {
  const values = new URL(url).searchParams.getAll(name)
  return values.length === 1 ? values[0] : undefined
}

/** The handle that went out and comes back; never an address. */
export const relayStateOf = (message: InboundMessage): string | undefined => fieldOf(message, 'RelayState')

async function responseOf(
  parts: SamlParts,
  message: InboundMessage,
  metadata: IdentityProviderMetadata,
): Promise<Uint8Array | EmbeddedResponse | undefined> {
  if (parts.profile.response.binding === 'artifact') {
    const artifact = fieldOf(message, 'SAMLart')
    return artifact === undefined ? undefined : redeem(parts, artifact, metadata)
  }
  const packed = message.method === 'POST' ? message.form.get('SAMLResponse') : undefined
  return packed === undefined ? undefined : decodeBase64(packed)
}

/** @throws {SamlRefusal} */
async function redeem(
  { id, host, profile, settings, keys }: SamlParts,
  artifact: string,
  metadata: IdentityProviderMetadata,
): Promise<EmbeddedResponse> {
  const index = parseArtifact(artifact, metadata.entityId)
  const endpoint = metadata.artifactResolution.find((one) => one.binding === 'soap' && one.index === index)
  if (endpoint === undefined) throw new SamlRefusal('artifact')
  const issuedAt = host.now()
  const until = new Date(issuedAt.getTime() + artifactMinutes * 60_000)
  if (!(await host.once(`saml-artifact:${id}`, artifact, until))) throw new SamlRefusal('replayed')
  return resolveArtifact(profile, {
    artifact,
    id: `_${host.randomId()}`,
    issuedAt,
    url: endpoint.url,
    ourEntityId: settings.entityId,
    theirEntityId: metadata.entityId,
    theirKeys: metadata.signingKeys,
    signer: keys.signer,
    fetch: keys.fetch,
  })
}

function outcomeOf(
  { id, profile, settings, host: { log, environment } }: SamlParts,
  facts: AssertedFacts,
  metadata: IdentityProviderMetadata,
): IdentityOutcome {
  const { scopes } = metadata
  const [country] = profile.countries
  const subjectRule = subjectRuleOf(profile, facts)
  const read = identityOfClaims(profile.attributes, facts.attributes, {
    provider: id,
    issuer: facts.issuer,
    ...(facts.nameId === undefined ? {} : { subject: facts.nameId.value }),
    ...(subjectRule === undefined ? {} : { subjectRule }),
    ...(facts.authority === undefined ? {} : { authority: facts.authority }),
    ...(country === undefined || profile.countries.length > 1 ? {} : { country }),
    ...(settings.receivingCountry === undefined ? {} : { receivingCountry: settings.receivingCountry }),
    ...(profile.kind === 'federation' && scopes.length > 0 ? { trustedScopes: scopes } : {}),
    environment,
    loa: facts.loa,
    authenticatedAt: facts.authnInstant.toISOString(),
  })
  if ('missing' in read) {
    log.warn('login.attributes-missing', { login: id, missing: read.missing.join(' ') })
    return refused('attributes-missing', 'attributes-missing')
  }
  if ('malformed' in read) {
    log.warn('login.attributes-malformed', { login: id, finding: read.malformed })
    return refused('invalid-message', 'attribute-form')
  }
  if (read.outOfScope.length > 0)
    log.warn('login.attributes-out-of-scope', { login: id, attributes: read.outOfScope.join(' ') })
  if (read.doubtful.length > 0)
    log.warn('login.identifiers-doubtful', { login: id, identifiers: read.doubtful.join(', ') })
  const canLeave = profile.logout !== undefined && endpointOf(metadata, profile.logout) !== undefined
  const session = canLeave ? sessionOf(facts) : undefined
  return { ok: true, identity: read.identity, ...(session === undefined ? {} : { session }) }
}

const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

/** A NameID that says of itself that it is of one session lasts no longer, whatever is expected of it. */
function subjectRuleOf({ nameId: rule }: SamlProfile, { nameId }: AssertedFacts): ClaimRule | undefined {
  if (nameId?.format !== transient || (rule !== undefined && rule.scheme !== 'saml-nameid')) return rule
  return {
    names: ['NameID'],
    gives: 'identifier',
    known: { source: 'SAML 2.0 Core, 8.3.8' },
    ...rule,
    persistence: 'session',
  }
}
