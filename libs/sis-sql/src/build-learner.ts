import { calendarDay } from '@emrex-gateway/core'
import { countryCodes, type Identifier, type Learner } from '@emrex-gateway/elmo'
import type { ViewRow } from './view-row.js'

/** The learner as the view of persons names them. A student number stays inside: it says nothing to anybody else. */
export function buildLearner(row: ViewRow): Learner {
  const identifier: Identifier[] = []
  const nationalId = row.text('national_id')
  const esi = row.text('esi')
  if (nationalId !== undefined) identifier.push({ type: 'nationalIdentifier', value: nationalId })
  if (esi !== undefined) identifier.push({ type: 'esi', value: esi })

  const citizenship = row.text('citizenship')?.toUpperCase()
  const bday = calendarDay(row.text('birth_date'))
  const birthName = row.text('birth_name')
  const gender = row.text('gender')
  return {
    // ELMO knows a country or refuses the whole document; Hong Kong, Kosovo and Taiwan are among those it cannot say.
    ...(citizenship !== undefined && countryCodes.has(citizenship) ? { citizenship } : {}),
    ...(identifier.length > 0 ? { identifier } : {}),
    // A person with a single name has it in one of the two; ELMO wants the other to be empty rather than made up.
    givenNames: row.text('given_names') ?? '',
    familyName: row.text('family_name') ?? '',
    ...(bday === undefined ? {} : { bday }),
    ...(birthName === undefined ? {} : { birthName }),
    ...(gender !== undefined && /^[0129]$/.test(gender) ? { gender } : {}),
  }
}
