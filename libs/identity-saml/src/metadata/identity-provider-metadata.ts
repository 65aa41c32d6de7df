import type { KeyObject } from 'node:crypto'

export interface Endpoint {
  readonly binding: 'post' | 'redirect' | 'artifact' | 'soap'
  readonly url: string
  /** Where answers go, if not to `url`. */
  readonly responseUrl?: string
  readonly index: number
}

/** What counts of the metadata of a login. */
export interface IdentityProviderMetadata {
  readonly entityId: string
  readonly singleSignOn: readonly Endpoint[]
  readonly singleLogout: readonly Endpoint[]
  readonly artifactResolution: readonly Endpoint[]
  /** Every key that the entity signs with; two of them while it changes. */
  readonly signingKeys: readonly KeyObject[]
  /** Domains that the entity may speak for. Spec: Shibboleth metadata extension, `shibmd:Scope`. */
  readonly scopes: readonly string[]
  readonly validUntil?: Date
  /** For the operator: what is odd and borne. */
  readonly findings: readonly string[]
}
