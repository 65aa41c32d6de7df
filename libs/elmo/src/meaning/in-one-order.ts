import type { AssessedResult } from './assess-results.js'
import { printDecimal } from './decimal.js'
import { resultDate } from './result-date.js'

interface Placed {
  readonly result: AssessedResult
  /** What counting looks at, the date before all else. */
  readonly text: string
  readonly parts: readonly Placed[]
}

function placed(result: AssessedResult): Placed {
  const { los, key, status, credits, parts } = result
  const { instance } = los
  const { date = '', from } = resultDate(los)
  const titles = los.title.map(({ lang, value }) => [lang, value])
  const said = [instance.date, instance.status, instance.resultLabel, los.type, titles, key.from, key.code]
  const taken = [status, credits.meaning, credits.value && printDecimal(credits.value)]
  return { result, text: JSON.stringify([date, from, said, taken]), parts: parts.map(placed).sort(compare) }
}

function compare(a: Placed, b: Placed): number {
  if (a.text !== b.text) return a.text < b.text ? -1 : 1
  for (const [index, part] of a.parts.entries()) {
    const other = b.parts[index]
    if (other === undefined) return 1
    const order = compare(part, other)
    if (order !== 0) return order
  }
  return a.parts.length - b.parts.length
}

const withSortedParts = ({ result, parts }: Placed): AssessedResult => ({
  ...result,
  parts: parts.map(withSortedParts),
})

/**
 * The same trees in an order that does not depend on theirs, those of an earlier date first. Where results contradict one
 * another, what is counted depends on which is looked at first, and the order of a document means nothing.
 */
export const inOneOrder = (trees: readonly AssessedResult[]): AssessedResult[] =>
  trees.map(placed).sort(compare).map(withSortedParts)
