import type { OidcPerson } from '@emrex-gateway/testing'
import { esiOf, numbersKnownToLogins, staff, students, type TownPerson } from './people.js'
import { universities } from './universities.js'

const nationalIdClaim = (country: string) => `national_id_${country.toLowerCase()}`
const studentNumberClaim = (domain: string) => `student_number_${domain}`

/** Everybody of the town as people of the OpenID Connect stand-in, and one person for each way that a login can fail. */
export function oidcLoginPeople(people: readonly TownPerson[] = [...students, ...staff]): OidcPerson[] {
  const all = people.map((person): OidcPerson => {
    const esi = esiOf(person)
    return {
      id: person.id,
      label: `${person.given} ${person.family}`,
      note: person.note,
      claims: {
        given_name: person.given,
        family_name: person.family,
        birthdate: person.birthDate,
        birth_family_name: person.birthName,
        roles: person.roles,
        schac_personal_unique_code: esi,
        ...(person.nationalId && { [nationalIdClaim(person.nationalId.country)]: person.nationalId.value }),
        ...Object.fromEntries(
          numbersKnownToLogins(person).map(({ domain, number }) => [studentNumberClaim(domain), number]),
        ),
      },
    }
  })
  const [first] = all
  if (first === undefined) return []
  return [
    ...all,
    { ...first, id: 'weak', label: `${first.label}, by a weak login`, note: 'The level is too low', acr: 'level-low' },
    {
      ...first,
      id: 'ageless',
      label: `${first.label}, without a birth date`,
      note: 'A claim is missing',
      claims: { ...first.claims, birthdate: undefined },
    },
    { ...first, id: 'late', label: `${first.label}, an hour late`, note: 'The login has expired', isExpired: true },
  ]
}

const countries = [...new Set(students.flatMap(({ nationalId }) => nationalId?.country ?? []))]

/** How the real logins of the town say what they know about somebody: OpenID Connect in claims, SAML in attributes. */
export const loginClaims = [
  { names: ['family_name'], gives: 'family-name', required: true },
  { names: ['given_name'], gives: 'given-name', required: true },
  { names: ['birthdate'], gives: 'birth-date', form: 'date', required: true },
  { names: ['birth_family_name'], gives: 'birth-family-name' },
  { names: ['roles'], gives: 'role' },
  ...countries.map((country) => ({
    names: [nationalIdClaim(country)],
    gives: 'identifier',
    scheme: `national:${country}`,
    persistence: 'lifelong',
  })),
  {
    names: ['schac_personal_unique_code'],
    gives: 'identifier',
    form: 'schac-personal-unique-code',
    scheme: 'esi',
    persistence: 'lifelong',
  },
  ...universities.map(({ domain }) => ({
    names: [studentNumberClaim(domain)],
    gives: 'identifier',
    scheme: `student:${domain}`,
    persistence: 'lifelong',
  })),
]

/** Settings of `identity-oidc` for the issuer of the town; the key is to be registered there under `clientId`. */
export function oidcLoginSettings(options: {
  readonly issuer: string
  readonly clientId: string
  readonly keyFile: string
  readonly label: string
  readonly countries: readonly string[]
}) {
  return {
    ...options,
    askLevelBy: 'acr_values',
    levels: [
      { value: 'level-low', loa: 'low' },
      { value: 'level-substantial', loa: 'substantial' },
    ],
    claims: loginClaims,
  }
}
