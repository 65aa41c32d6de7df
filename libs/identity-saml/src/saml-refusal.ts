import type { IdentityFailure } from '@emrex-gateway/core'

/** Why a document is not read at all. */
export type XmlDetail =
  'base64' | 'too-big' | 'depth' | 'encoding' | 'xml' | 'doctype' | 'pi' | 'cdata' | 'comment' | 'entity' | 'dup-id'

/** Why a signature, or the place where it stands, is not the accepted one. */
export type SignatureDetail =
  | 'unsigned'
  | 'ds-object'
  | 'count-signature'
  | 'count-signed-info'
  | 'count-reference'
  | 'signature-form'
  | 'ref-uri'
  | 'transforms'
  | 'c14n'
  | 'sig-alg'
  | 'digest-alg'
  | 'sig-invalid'
  | 'weak-key'

/** Why nothing was decrypted. `decrypt` is one answer for every failure. */
export type EncryptionDetail = 'enc-alg' | 'enc-form' | 'decrypt' | 'unencrypted'

/** Which rule of the protocol a message broke. */
export type ProtocolDetail =
  | 'root'
  | 'responses'
  | 'assertions'
  | 'version'
  | 'count-status'
  | 'count-issuer'
  | 'count-subject'
  | 'count-name-id'
  | 'count-confirmation'
  | 'count-conditions'
  | 'count-authn-statement'
  | 'count-authn-context'
  | 'count-attribute-statement'
  | 'destination'
  | 'recipient'
  | 'audience'
  | 'conditions'
  | 'issuer'
  | 'unsolicited'
  | 'irt'
  | 'method'
  | 'time'
  | 'expired'
  | 'not-yet'
  | 'assertion-id'
  | 'replayed'
  | 'loa-too-low'
  | 'not-notified'
  | 'stale-authn'
  | 'authority'
  | 'attributes-missing'
  | 'attribute-form'

/** What the other side says of a login that did not succeed. */
export type StatusDetail =
  | 'status-request-denied'
  | 'status-authn-failed'
  | 'status-no-authn-context'
  | 'status-request-unsupported'
  | 'status-invalid-attribute'
  | 'status-no-idp'
  | 'status-responder'
  | 'status-requester'
  | 'status-other'

/** Redirect binding, artifact, logout and metadata. */
export type ExchangeDetail =
  | 'query'
  | 'inflate'
  | 'artifact'
  | 'soap'
  | 'soap-fault'
  | 'back-channel'
  | 'logout'
  | 'metadata'
  | 'metadata-entity'
  | 'metadata-expired'
  | 'metadata-validity'
  | 'metadata-keys'
  | 'metadata-address'

export type SamlDetail = XmlDetail | SignatureDetail | EncryptionDetail | ProtocolDetail | StatusDetail | ExchangeDetail

const reasons: Partial<Record<SamlDetail, IdentityFailure>> = {
  replayed: 'replayed',
  expired: 'expired',
  'loa-too-low': 'loa-too-low',
  'not-notified': 'loa-too-low',
  'attributes-missing': 'attributes-missing',
  'soap-fault': 'provider-error',
  'back-channel': 'provider-unavailable',
  'status-request-denied': 'consent-refused',
  'status-authn-failed': 'cancelled',
  'status-no-authn-context': 'loa-too-low',
  'status-request-unsupported': 'provider-error',
  'status-invalid-attribute': 'provider-error',
  'status-no-idp': 'provider-unavailable',
  'status-responder': 'provider-unavailable',
  'status-requester': 'provider-error',
  'status-other': 'provider-error',
}

/** What a detail means for the login. */
export const reasonOfDetail = (detail: SamlDetail): IdentityFailure => reasons[detail] ?? 'invalid-message'

/**
 * A document or message that is refused. The detail is a code; no value of the message is in here. `attributes` are those
 * for which it is refused, as the rules name them: their operator must be told which.
 */
export class SamlRefusal extends Error {
  override readonly name = 'SamlRefusal'
  constructor(
    readonly detail: SamlDetail,
    readonly attributes: readonly string[] = [],
  ) {
    super(`refused: ${detail}`)
  }

  get reason(): IdentityFailure {
    return reasonOfDetail(this.detail)
  }
}

/**
 * One rule of what is accepted. Each rule is a statement of its own, so that `npm run check:mutants` can take it out and
 * see that a test notices.
 * @throws {SamlRefusal} with the detail, and the names of attributes where it is about them, unless the condition holds.
 */
export function demand(condition: unknown, detail: SamlDetail, attributes?: readonly string[]): asserts condition {
  if (!condition) throw new SamlRefusal(detail, attributes)
}
