import { bestLoaOf, deliveredSchemes, type ClaimRule, type IdentityProviderInfo } from '@emrex-gateway/core'
import type { EidasProfile } from './profiles/profiles.js'

/** The rules of a profile, with that for its subject. */
export const rulesOf = (profile: EidasProfile): readonly ClaimRule[] => {
  const subject = profile.protocol === 'saml' ? profile.nameId : profile.subject
  return [...claimsOfProfile(profile), ...(subject === undefined ? [] : [subject])]
}

export const claimsOfProfile = (profile: EidasProfile): readonly ClaimRule[] =>
  profile.protocol === 'saml' ? profile.attributes : profile.claims

/** What a login by this profile can do, computed from its rules; `id` is that of the login in the settings. */
export function infoOf(profile: EidasProfile, id: string = profile.id): IdentityProviderInfo {
  const { kind, label, countries, levels } = profile
  return {
    ...{ id, kind, label, countries },
    bestLoa: bestLoaOf(levels),
    delivers: deliveredSchemes(rulesOf(profile)),
    deliversBirthDate: rulesOf(profile).some(({ gives }) => gives === 'birth-date'),
  }
}
