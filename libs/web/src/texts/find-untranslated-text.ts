const spokenAttributes = /\s(?:title|alt|placeholder|aria-label|aria-description|data-label|data-count)="([^"]*)"/g
const unspoken = /<(script|style)\b[^>]*>[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/**
 * Test kit: the texts of a page, rendered in `pseudoLanguage`, that are neither from the language files nor data.
 *
 * An empty answer means: every word of the page can be translated. `data` names what is shown as it is, such as names
 * of universities and courses.
 */
export function findUntranslatedText(html: string, data: readonly string[]): string[] {
  const page = html.replace(unspoken, ' ').replace(/<\/?bdi\b[^>]*>/g, '')
  const attributes = [...page.matchAll(spokenAttributes)].map((match) => match[1] ?? '')
  const texts = page.split(/<[^>]*>/)
  const longestFirst = [...data].sort((a, b) => b.length - a.length)
  return [...texts, ...attributes]
    .map(decoded)
    .map((text) => withoutTranslated(text))
    .map((text) => longestFirst.reduce((rest, value) => (value === '' ? rest : rest.replaceAll(value, ' ')), text))
    .filter((text) => /\p{L}/u.test(text))
    .map((text) => text.trim())
}

/** Brackets stand in one another where a text was put into a text; the inner ones go first. */
function withoutTranslated(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, ' ')
  return rest === text ? rest : withoutTranslated(rest)
}

const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? '')
