import { addressAt, esiOf, students, staff } from '@emrex-gateway/town'

/** Letters that have no decomposition in Unicode, as keyboards without them write them. */
const plainLetters: Readonly<Record<string, string>> = { ł: 'l', đ: 'd', ø: 'o', æ: 'ae', ß: 'ss', þ: 'th' }

/** Lower case without diacritics: two spellings of one name become one text. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łđøæßþ]/g, (letter) => plainLetters[letter]!)

const birthDateForms = (date: string): string[] => {
  const [year, month, day] = date.split('-') as [string, string, string]
  return [date, `${day}.${month}.${year}`, `${day}/${month}/${year}`, `${year}${month}${day}`, `${day}${month}${year}`]
}

/** Everything that points to one of the invented people of the town: names and their parts, dates, numbers, addresses. */
export const personalCanaries: readonly string[] = [
  ...new Set(
    [...students, ...staff].flatMap((person) => {
      const names = [person.given, person.family, person.birthName ?? '']
      const records = person.records.flatMap(({ number, given = '', family = '' }) => [number, given, family])
      const numbers = [person.nationalId?.value ?? '', person.esiNumber ?? '', esiOf(person) ?? '']
      const dates = person.birthDate === undefined ? [] : birthDateForms(person.birthDate)
      const addresses = person.records.map(({ university }) => addressAt(person, university))
      return [...addresses, ...names, ...names.flatMap((name) => name.split(/[ -]/)), ...records, ...numbers, ...dates]
    }),
  ),
]
  // Two letters between two of the signs - and _ stand in a random id now and then; the names that they are part of remain.
  .filter((canary) => canary.length > 2)
  .map(folded)

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const anyCanary = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...new Set(personalCanaries)].map(escaped).join('|')})(?![\\p{L}\\p{N}])`,
  'gu',
)

/** The canaries that stand in a text, whatever its letters are, as whole words. */
export const canariesIn = (text: string): string[] => [...new Set(folded(text).match(anyCanary) ?? [])]
