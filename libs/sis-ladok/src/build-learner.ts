import { calendarDay, xmlText } from '@emrex-gateway/core'
import type { Identifier, Learner } from '@emrex-gateway/elmo'
import type { StudentRecord } from './ladok-records.js'

/** Ladok gives the ESIs of all its universities. */
export const esiIssuer = 'ladok.se'
const esiPrefix = `urn:schac:personalUniqueCode:int:esi:${esiIssuer}:externtstudentuid-`

/**
 * Whether a Swedish number is a national identifier: personnummer and samordningsnummer are. An interim number, with a letter
 * at its ninth place, is made by universities, and another may have made the same for somebody else.
 */
export const isNationalId = (number: string): boolean => /^\d{12}$/.test(number)

/** ISO/IEC 5218 by Ladok's number. */
const genders: Readonly<Record<string, string>> = { '1': '2', '2': '1' }

/** The learner as Ladok knows them. */
export function buildLearner(student: StudentRecord): Learner {
  const identifier: Identifier[] = []
  if (student.Personnummer !== undefined && isNationalId(student.Personnummer))
    identifier.push({ type: 'nationalIdentifier', value: student.Personnummer })
  if (student.ExterntUID !== undefined) identifier.push({ type: 'esi', value: `${esiPrefix}${student.ExterntUID}` })
  const bday = calendarDay(student.Fodelsedata)
  const gender = genders[student.KonID ?? '']
  return {
    ...(identifier.length > 0 ? { identifier } : {}),
    // A person with a single name has it in one of the two; ELMO wants the other to be empty rather than made up.
    givenNames: xmlText(student.Fornamn) ?? '',
    familyName: xmlText(student.Efternamn) ?? '',
    ...(bday === undefined ? {} : { bday }),
    ...(gender === undefined ? {} : { gender }),
  }
}

/** The `ExterntUID` in an ESI that Ladok issued; undefined for any other. */
export function externalUidOf(esi: string): string | undefined {
  const uid = esi.toLowerCase().startsWith(esiPrefix.toLowerCase()) ? esi.slice(esiPrefix.length) : ''
  return /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(uid) ? uid.toLowerCase() : undefined
}
