import type { KeyObject } from 'node:crypto'
import type { Element } from '@xmldom/xmldom'
import type { AssertedValues, IdentityFailure, Loa, LoaRule } from '@emrex-gateway/core'
import type { SamlDetail } from '../saml-refusal.js'
import type { StrictDocument } from '../xml/parse-strict.js'

/** What was asked, as remembered since. */
export interface PendingRequest {
  /** ID of our AuthnRequest. */
  readonly requestId: string
  readonly issuedAt: Date
  /** ForceAuthn was sent. */
  readonly freshLogin: boolean
  readonly minimumLoa: Loa | 'none'
}

/** Whom the answer must be for, and by whom. */
export interface ResponseContext {
  /** Our entityID. */
  readonly entityId: string
  /** The address that the answer came to, from our settings. */
  readonly callbackUrl: string
  /** entityID of the identity provider that was asked. */
  readonly idpEntityId: string
  /** Its signing keys, of its metadata; never those of another. */
  readonly idpKeys: readonly KeyObject[]
  /**
   * The plaintext of an EncryptedAssertion. `isSigned`: the Response around it was signed, so that nobody but the identity
   * provider can have changed what is decrypted. Throws SamlRefusal.
   */
  readonly decrypt: (encryptedAssertion: Element, isSigned: boolean) => string
}

/**
 * A Response that stands within another document, such as an ArtifactResponse that was verified before. `document` is the
 * whole as it came, so that signatures within it find the namespaces around them.
 */
export interface EmbeddedResponse {
  readonly document: StrictDocument
  readonly response: Element
}

export interface NameId {
  readonly value: string
  readonly format?: string
  readonly nameQualifier?: string
  readonly spNameQualifier?: string
}

/** What the identity provider asserted: read from signed bytes alone, for us, now, in answer to our request. */
export interface AssertedFacts {
  readonly issuer: string
  readonly assertionId: string
  readonly nameId?: NameId
  readonly sessionIndex?: string
  readonly attributes: AssertedValues
  /** The level, and the rule of the profile that says so. */
  readonly loa: Loa | 'none'
  readonly loaRule?: LoaRule
  readonly authnInstant: Date
  /** The first AuthenticatingAuthority. */
  readonly authority?: string
  /** Until when the assertion would be accepted at the latest, skew not counted: its ID must be remembered until then. */
  readonly notOnOrAfter: Date
  /** SHA-256 of the signed bytes, hexadecimal. */
  readonly evidence: string
}

/** `isAuthentic`: the identity provider signed the message that was refused, so that it cannot be somebody else's junk. */
export type ResponseOutcome =
  | { readonly ok: true; readonly facts: AssertedFacts }
  | {
      readonly ok: false
      readonly reason: IdentityFailure
      readonly detail: SamlDetail
      readonly isAuthentic: boolean
      /** Of which attributes it is told, where it is about some. */
      readonly attributes?: readonly string[]
    }
