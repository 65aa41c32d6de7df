export type { SamlProfile } from '@emrex-gateway/identity-saml'
export type { OidcProfile } from '@emrex-gateway/identity-oidc'
