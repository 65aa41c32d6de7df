/** Somebody who can log in at the stand-in. */
export interface OidcPerson {
  /** Becomes `sub`. */
  readonly id: string
  readonly label: string
  /** What this person is there to show. */
  readonly note?: string
  readonly claims: Readonly<Record<string, unknown>>
  /** The level that a login of this person has, whatever is asked; absent: the first that is asked. */
  readonly acr?: string
  /** The ID token of this person ended an hour ago. */
  readonly isExpired?: true
}

const ada = { given_name: 'Ada Marie', family_name: 'Nordmann-Prøve', birthdate: '1989-06-05', pid: '05068907693' }

/** Invented people, one for each way that a login can end; the number is a published test number. */
export const oidcPeople: readonly OidcPerson[] = [
  { id: 'sub-ada', label: 'Ada Marie Nordmann-Prøve', note: 'Everything is there', claims: ada },
  {
    id: 'sub-weak',
    label: 'Ada with a weak login',
    note: 'A level that nobody asked for',
    claims: ada,
    acr: 'level-low',
  },
  {
    id: 'sub-ageless',
    label: 'Ada without a birth date',
    note: 'No birth date',
    claims: { ...ada, birthdate: undefined },
  },
  { id: 'sub-late', label: 'Ada, an hour late', note: 'The login has expired', claims: ada, isExpired: true },
]
