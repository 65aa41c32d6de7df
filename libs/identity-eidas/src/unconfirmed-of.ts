import type { Statement } from '@emrex-gateway/core'
import { oidcStatements, oidcUnconfirmed } from '@emrex-gateway/identity-oidc'
import { samlStatements, samlUnconfirmed } from '@emrex-gateway/identity-saml'
import type { EidasProfile } from './profiles/profiles.js'

/** All that a profile says, in its order. */
export const statementsOf = (profile: EidasProfile): readonly Statement[] =>
  profile.protocol === 'saml' ? samlStatements(profile) : oidcStatements(profile)

/** Lines for `config:check`: what of a profile nobody has confirmed, and where it is less strict than ours are. */
export const unconfirmedOf = (profile: EidasProfile): readonly string[] =>
  profile.protocol === 'saml' ? samlUnconfirmed(profile) : oidcUnconfirmed(profile)
