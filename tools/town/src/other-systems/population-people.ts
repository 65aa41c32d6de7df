import { ladokEsiOf, oppijanumeroOf } from '@emrex-gateway/testing'
import { students, type StudentId } from '@emrex-gateway/testing/population'
import type { DemoLoginPerson } from '../demo-login-people.js'

/** What each of them is there to show. */
const notes: Readonly<Record<StudentId, string>> = {
  ada: 'Half credits, zero credits, no credits; titles in one language and in two; how others did',
  bo: 'Has no results yet',
  cyra: 'Studied at two universities of the same country',
  dilan: 'Courses that are made of parts, one of them unfinished',
  eskil: 'Failed, withdrew, did not finish, and passed at the second try',
  fia: 'A degree with its courses',
  gus: 'A course without a code, one in hours, and one from elsewhere',
  hanna: 'Titles that break careless software',
  isak: 'Protected: the records may say nothing about him',
  jonna: 'Has a single name',
  kim: 'Shares name and birth date with somebody',
  kaj: 'Is that somebody',
  lova: 'Has an attachment of 2 MB',
}

/** Everybody of the shared population, for demonstration logins: each system finds them by what it knows. */
export const populationPeople = (domains: readonly string[]): readonly DemoLoginPerson[] =>
  students.map((student) => ({
    id: student.id,
    given: student.given,
    family: student.family,
    birthDate: student.birthDate,
    identifiers: [
      ...(student.nationalId === undefined
        ? []
        : [{ scheme: `national:${student.nationalId.country}`, value: student.nationalId.value }]),
      { scheme: 'esi', value: ladokEsiOf(student) },
      { scheme: 'learner-id', value: oppijanumeroOf(student) },
      ...domains.map((domain) => ({ scheme: `student:${domain}`, value: student.number })),
    ],
    roles: [],
    note: notes[student.id],
  }))
