import { offeredLanguages } from './translator.js'

const maxParts = 8

/**
 * The language for a browser: the offered one that its `Accept-Language` header likes best, else the first.
 *
 * `sv-FI` is served by `sv`. Spec: RFC 9110 section 12.5.4, RFC 4647 section 3.4 (lookup).
 */
export function languageOf(acceptLanguage: string | undefined, offered: readonly string[] = offeredLanguages): string {
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      return { range, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
    })
    .filter(({ range, weight }) => range !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { range } of wishes) {
    const found = lookUp(range, offered)
    if (found !== undefined) return found
  }
  return offered[0] ?? 'en'
}

function lookUp(range: string, offered: readonly string[]): string | undefined {
  // No tag of ours has more parts than this; a header of nothing but hyphens has thousands.
  const parts = range.split('-', maxParts)
  for (let length = parts.length; length > 0; length--) {
    const shorter = parts.slice(0, length).join('-')
    const found = offered.find((language) => language.toLowerCase() === shorter)
    if (found !== undefined) return found
  }
  return undefined
}
