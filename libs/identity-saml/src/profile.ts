import type { ClaimRule, Confidence, IdentityProviderInfo, LoaRule } from '@emrex-gateway/core'

/** Algorithm URIs of signatures that can be made and accepted. RSA 1.5 encryption and SHA-1 have no name here. */
export type SignatureAlgorithm =
  | 'rsa-sha256'
  | 'rsa-sha384'
  | 'rsa-sha512'
  | 'rsa-pss-sha256'
  | 'rsa-pss-sha384'
  | 'rsa-pss-sha512'
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'ecdsa-sha512'
export type DigestAlgorithm = 'sha256' | 'sha384' | 'sha512'

/** A departure from the strict policy, with its reason. From the day after `until` on it no longer holds. */
export interface Relaxation {
  readonly reason: string
  /** ISO 8601 calendar date; absent in a country's profile, where the operator's own rules demand it. */
  readonly until?: string
}

/** How a login is asked for. */
export interface SamlRequestRules {
  readonly binding: 'post' | 'redirect'
  readonly signature: SignatureAlgorithm
  readonly digest: DigestAlgorithm
  /** `always`: whatever was ordered. */
  readonly forceAuthn: 'always' | 'as-ordered'
  /** Format of NameIDPolicy; absent: no NameIDPolicy. */
  readonly nameIdFormat?: string
  /** How the level is asked for; absent: it is not. Sent is the lowest level that is high enough, with `exact` all that are. */
  readonly authnContext?: 'minimum' | 'exact' | 'better' | 'maximum'
  /** By address, by the index of our metadata, or not at all. */
  readonly consumer: 'url' | 'index' | 'none'
  readonly attributeConsumingServiceIndex?: number
  /** eIDAS extensions: SPType and RequestedAttributes from the attribute rules. */
  readonly eidas?: { readonly spType: 'public' | 'private' | 'none' }
  /** The operator demands an agreed ProviderName: the settings must hold one. */
  readonly providerName?: 'required'
  /** `entity` writes Format; `qualified` also NameQualifier. */
  readonly issuer?: 'plain' | 'entity' | 'qualified'
  /** BundID: `akdb:AuthenticationRequest`. */
  readonly akdb?: boolean
}

/** What an answer must be like. */
export interface SamlResponseRules {
  readonly binding: 'post' | 'artifact'
  /** In `either`, what only an unsigned Response says is a hint and the confirmation's copy is mandatory. */
  readonly signed: 'response' | 'assertion' | 'both' | 'either'
  readonly encrypted: 'required' | 'allowed'
  readonly signatures: readonly SignatureAlgorithm[]
  readonly digests: readonly DigestAlgorithm[]
  readonly relax?: {
    readonly aesCbc?: Relaxation
    /** RSA-OAEP with SHA-1 as digest or mask. */
    readonly oaepSha1?: Relaxation
    /** Take the cipher by the length of the unwrapped key, not by its name. */
    readonly keyLength?: Relaxation
  }
  readonly skewSeconds: number
  /** How old a message may be, however long it says that it holds. */
  readonly maxLifetimeSeconds: number
  /** Where AuthenticatingAuthority may point; absent: anywhere. */
  readonly authorities?: readonly string[]
  /** A level that is refused because the scheme was not notified. */
  readonly needsNotified?: boolean
}

export interface SamlProfile {
  readonly protocol: 'saml'
  /** Such as `pl-login-gov`. */
  readonly id: string
  readonly kind: IdentityProviderInfo['kind']
  readonly label: string
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
  readonly request: SamlRequestRules
  readonly response: SamlResponseRules
  readonly levels: readonly LoaRule[]
  /** Where the level stands. */
  readonly levelFrom: 'authn-context' | 'assurance-claim'
  readonly attributes: readonly ClaimRule[]
  /** What NameID is worth as subject and identifier. */
  readonly nameId?: ClaimRule
  /** Least length of RSA keys in bits; elliptic curves of 256 bits and more are accepted. */
  readonly minRsaBits: 2048 | 3072
  readonly logout?: 'post' | 'redirect'
  /** Facts about the whole that are not claims: who operates it, what to order, open points. */
  readonly notes: readonly (Confidence & { readonly text: string })[]
}
