import { calendarDay, normaliseNationalId, xmlText } from '@emrex-gateway/core'
import type { Identifier, Learner } from '@emrex-gateway/elmo'
import type { FsStudent } from './fs-answers.js'

/**
 * The learner as FS knows them. For who has no national number FS makes up eleven digits: such a number is left out, and
 * so is the student number, which says nothing to anybody else.
 */
export function buildLearner({ personProfil, europeanStudentId }: FsStudent): Learner {
  const { fodselsnummer, fodselsdato, kjonn, navn } = personProfil
  const identifier: Identifier[] = []
  if (fodselsnummer !== undefined && isNationalNumber(fodselsnummer))
    identifier.push({ type: 'nationalIdentifier', value: fodselsnummer })
  const esi = xmlText(europeanStudentId?.esiId)
  if (esi !== undefined) identifier.push({ type: 'esi', value: esi })
  const bday = calendarDay(fodselsdato)
  const gender = { MANN: '1', KVINNE: '2' }[kjonn ?? '']
  return {
    ...(identifier.length > 0 ? { identifier } : {}),
    // A person with a single name has it in one of the two; ELMO wants the other to be empty rather than made up.
    givenNames: xmlText(navn?.fornavn) ?? '',
    familyName: xmlText(navn?.etternavn) ?? '',
    ...(bday === undefined ? {} : { bday }),
    ...(gender === undefined ? {} : { gender }),
  }
}

/**
 * Whether it is a number of the population register (or a D-number), by form and check digits.
 *
 * Not confirmed: that the numbers that FS makes up never add up.
 */
export const isNationalNumber = (digits: string): boolean => normaliseNationalId('NO', digits).warning === undefined
