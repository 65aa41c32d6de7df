import { xmlText } from '@emrex-gateway/core'
import type { Identifier, Learner } from '@emrex-gateway/elmo'
import { childText, type AnswerPart } from './answer-parts.js'
import { birthDateOf } from './birth-date-of.js'
import { nationalIdKind } from './national-id-kind.js'

/**
 * The learner as the institution of this record (`Opiskelija`) knows them. A number that was given for the time being is
 * no national identifier.
 */
export function buildLearner(student: AnswerPart): Learner {
  const number = childText(student, 'Henkilotunnus')
  const kind = number === undefined ? undefined : nationalIdKind(number)
  const bday = number === undefined ? undefined : birthDateOf(number)
  const gender = childText(student, 'Sukupuoli')
  const identifier: Identifier[] =
    number === undefined || kind === undefined
      ? []
      : [{ type: kind === 'lifelong' ? 'nationalIdentifier' : 'learnerId', value: number }]
  return {
    ...(identifier.length > 0 ? { identifier } : {}),
    // A person with a single name has it in one of the two; ELMO wants the other to be empty rather than made up.
    givenNames: xmlText(childText(student, 'Etunimet')) ?? '',
    familyName: xmlText(childText(student, 'Sukunimi')) ?? '',
    ...(bday === undefined ? {} : { bday }),
    ...(gender !== undefined && /^[129]$/.test(gender) ? { gender } : {}),
  }
}
