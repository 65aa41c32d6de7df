import type { MockPerson } from '@emrex-gateway/testing'
import { loginClaims, oidcLoginPeople } from './oidc-login.js'
import { staff, students, type TownPerson } from './people.js'

/** Everybody of the town as people of the SAML stand-in, whose page also offers the ways that a login can fail. */
export function samlLoginPeople(people: readonly TownPerson[] = [...students, ...staff]): MockPerson[] {
  const known = new Set(people.map(({ id }) => id))
  return oidcLoginPeople(people)
    .filter(({ id }) => known.has(id))
    .map(({ id, label, note, claims }) => ({
      id,
      label,
      ...(note === undefined ? {} : { note }),
      attributes: Object.fromEntries(Object.entries(claims).filter(isAttribute)),
    }))
}

const isAttribute = (entry: [string, unknown]): entry is [string, string | string[]] =>
  typeof entry[1] === 'string' || (Array.isArray(entry[1]) && entry[1].length > 0)

/** The level at which somebody logs in at the SAML stand-in of the town, and the one of a login that is too weak. */
export const samlLevels = { good: 'https://town.example/level/substantial', weak: 'https://town.example/level/low' }

/** Settings of `identity-saml` for the identity provider of the town. */
export function samlLoginSettings(options: {
  readonly entityId: string
  readonly metadataFile: string
  readonly ourEntityId: string
  readonly label: string
  readonly countries: readonly string[]
  readonly keys: (use: 'signing' | 'encryption') => { readonly keyFile: string; readonly certificateFile: string }
}) {
  const { entityId, metadataFile, ourEntityId, label, countries, keys } = options
  return {
    entityId: ourEntityId,
    label,
    kind: 'eid',
    countries,
    identityProvider: { entityId, metadataFile },
    signing: [keys('signing')],
    encryption: [keys('encryption')],
    request: { binding: 'post', authnContext: 'minimum' },
    response: { signed: 'both', encrypted: 'required' },
    levels: [
      { value: samlLevels.weak, loa: 'low' },
      { value: samlLevels.good, loa: 'substantial' },
    ],
    attributes: loginClaims,
    nameId: {},
    logout: 'post',
  }
}
