import { esiOf, numbersKnownToLogins, staff, students, type TownPerson } from './people.js'

/** A person in the form that the settings of `identity-demo` take. */
export interface DemoLoginPerson {
  readonly id: string
  readonly given: string
  readonly family: string
  readonly birthDate?: string
  readonly birthName?: string
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[]
  readonly roles: readonly string[]
  readonly note: string
}

/** Everybody of the town, for the demonstration logins: each vouches for every identifier that a person has. */
export function demoLoginPeople(people: readonly TownPerson[] = [...students, ...staff]): DemoLoginPerson[] {
  return people.map((person) => {
    const esi = esiOf(person)
    return {
      id: person.id,
      given: person.given,
      family: person.family,
      ...(person.birthDate === undefined ? {} : { birthDate: person.birthDate }),
      ...(person.birthName === undefined ? {} : { birthName: person.birthName }),
      identifiers: [
        ...(person.nationalId === undefined
          ? []
          : [{ scheme: `national:${person.nationalId.country}`, value: person.nationalId.value }]),
        ...(esi === undefined ? [] : [{ scheme: 'esi', value: esi }]),
        ...numbersKnownToLogins(person).map(({ domain, number }) => ({ scheme: `student:${domain}`, value: number })),
      ],
      roles: person.roles,
      note: person.note,
    }
  })
}
