import type { ClaimRule, Confidence, IdentityProviderInfo, LoaRule } from '@emrex-gateway/core'

export interface OidcProfile {
  readonly protocol: 'oidc'
  /** Such as `no-id-porten`. */
  readonly id: string
  readonly kind: IdentityProviderInfo['kind']
  readonly label: string
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
  readonly scopes: readonly string[]
  /** How the client proves itself; the settings hold the key. */
  readonly clientAuth: 'private_key_jwt' | 'tls_client_auth' | 'client_secret_basic' | 'client_secret_post'
  /** `when-offered`: pushed if the discovery document names the endpoint. */
  readonly pushedRequests: 'required' | 'when-offered' | 'never'
  /** Absent: the answer comes in the address. */
  readonly responseMode?: 'form_post'
  /** `none`: everything is in the ID token. */
  readonly userinfo: 'json' | 'jwt' | 'none'
  /** How the level is asked for; absent: it is not. */
  readonly askLevelBy?: 'acr_values' | 'claims'
  readonly levels: readonly LoaRule[]
  readonly levelFrom: 'acr' | 'assurance-claim'
  readonly claims: readonly ClaimRule[]
  /** What `sub` is worth as identifier. */
  readonly subject?: ClaimRule
  readonly idTokenAlgorithms: readonly string[]
  /** RFC 9207: refuse an answer without `iss`. Absent: as discovery announces it. */
  readonly needsIss?: boolean
  readonly logout?: 'rp-initiated'
  /** For an issuer that takes a request for logout in an address only, and not as a form: then the ID token stands there. */
  readonly logoutBy?: 'get'
  /** Hosts that the discovery document names besides the host of the issuer and those below it. */
  readonly furtherHosts?: readonly string[]
  readonly notes: readonly (Confidence & { readonly text: string })[]
}
