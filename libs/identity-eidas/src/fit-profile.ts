import type { ClaimRule } from '@emrex-gateway/core'
import type { EidasSettings } from './eidas-settings.js'
import { claimsOfProfile } from './info-of.js'
import type { EidasProfile } from './profiles/profiles.js'

/**
 * A profile as the settings of one login have it: with the countries that it serves there, and student numbers of its
 * universities.
 *
 * @throws {Error} that names the setting, when no claim of the profile holds student numbers
 */
export function fitProfile<Profile extends EidasProfile>(
  profile: Profile,
  settings: Pick<EidasSettings, 'countries' | 'studentNumbersOf'>,
): Profile {
  const { studentNumbersOf } = settings
  const countries: readonly string[] = settings.countries ?? profile.countries
  const claims = claimsOfProfile(profile)
  const holder = claims.find(({ form }) => form === 'schac-personal-unique-code')
  if (holder === undefined && studentNumbersOf.length > 0)
    throw new Error(`settings.studentNumbersOf: no claim of the profile ${profile.id} holds student numbers`)
  const added = studentNumbersOf.map((domain): ClaimRule => ({ ...holder!, scheme: `student:${domain}` }))
  const name = profile.protocol === 'saml' ? 'attributes' : 'claims'
  return { ...profile, countries, [name]: [...claims, ...added] }
}
