import { calendarDay, xmlText } from '@emrex-gateway/core'
import type { Learner } from '@emrex-gateway/elmo'
import type { UsosUser } from '../api/answers.js'

const pesel = /^\d{11}$/
const genders: Readonly<Record<string, string>> = { M: '1', F: '2', K: '2' }

/** All given names, which USOS keeps in two fields. */
export const givenNamesOf = ({ first_name, middle_names }: UsosUser): string =>
  [first_name, middle_names].flatMap((name) => xmlText(name) ?? []).join(' ')

export const familyNameOf = ({ last_name }: UsosUser): string => xmlText(last_name) ?? ''

/** The national number; foreigners have none, and some universities write a substitute there. */
export const peselOf = (user: UsosUser): string | undefined => (pesel.test(user.pesel ?? '') ? user.pesel! : undefined)

export const birthDateOf = ({ birth_date }: UsosUser): string | undefined => calendarDay(birth_date ?? undefined)

/** The learner as USOS knows them. A student number stays inside: it says nothing to anybody else. */
export function buildLearner(user: UsosUser): Learner {
  const number = peselOf(user)
  const bday = birthDateOf(user)
  const gender = genders[user.sex ?? '']
  return {
    ...(number === undefined ? {} : { identifier: [{ type: 'nationalIdentifier', value: number }] }),
    givenNames: givenNamesOf(user),
    familyName: familyNameOf(user),
    ...(bday === undefined ? {} : { bday }),
    ...(gender === undefined ? {} : { gender }),
  }
}
