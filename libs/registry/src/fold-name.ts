/** Letters that Unicode does not take apart into a base letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
}

/** The words of a name as people type them: lower case, without marks on letters, without punctuation. */
export function foldName(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[æœøłđðþßıħ]/g, (letter) => plainLetters[letter] ?? letter)
  return plain.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Words that stand in one language's form of a name and not in another's. */
const smallWords = new Set('of the and de di du des der la le i y w v und et'.split(' '))

/** Nobody types more than this to name a university. */
const [maxQueryLetters, maxQueryWords] = [200, 8]

/** The words of a query that are worth a search; the small ones only when there are no others. */
export function foldQuery(query: string): string[] {
  const words = foldName(query.slice(0, maxQueryLetters))
  const large = words.filter((word) => !smallWords.has(word))
  return (large.length === 0 ? words : large).slice(0, maxQueryWords)
}
