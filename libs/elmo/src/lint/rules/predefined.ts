import { simpleTypes } from '../../grammar/simple-types.js'
import { table } from '../../grammar/table.js'

const predefinedOf = (type: string, name: string): readonly string[] =>
  table[type]?.rows.find((row) => row.name === name)?.predefined ?? []

/** The words that the format itself names, by the element or attribute that holds them. */
export const predefined = {
  identifierType: predefinedOf('Identifier', 'type'),
  scheme: predefinedOf('Credit', 'scheme'),
  levelType: predefinedOf('Level', 'type'),
  creditLevel: simpleTypes.creditLevel.values ?? [],
  opportunityType: simpleTypes.opportunityType.values ?? [],
  status: simpleTypes.status.values ?? [],
  attachmentType: simpleTypes.attachmentType.values ?? [],
} as const

/** The word that is meant where a text differs from it in case alone. */
export function meantWord(words: readonly string[], text: string): string | undefined {
  const own = text.trim()
  if (words.includes(own)) return undefined
  return words.find((word) => word.toLowerCase() === own.toLowerCase())
}
