import { infoOfRules, type ClaimRule, type IdentityProviderInfo } from '@emrex-gateway/core'
import type { EidasProfile } from './profiles/profiles.js'

/** The rules of a profile, with that for its subject. */
export const rulesOf = (profile: EidasProfile): readonly ClaimRule[] => {
  const subject = profile.protocol === 'saml' ? profile.nameId : profile.subject
  return [...claimsOfProfile(profile), ...(subject === undefined ? [] : [subject])]
}

export const claimsOfProfile = (profile: EidasProfile): readonly ClaimRule[] =>
  profile.protocol === 'saml' ? profile.attributes : profile.claims

/** What a login by this profile can do; `id` is that of the login in the settings. */
export const infoOf = (profile: EidasProfile, id: string = profile.id): IdentityProviderInfo =>
  infoOfRules({ ...profile, id }, profile.levels, rulesOf(profile))
