/** A form of a page as a browser without script sees it. */
export interface HtmlForm {
  readonly action: string
  readonly method: 'GET' | 'POST'
  readonly autoSubmit: boolean
  /** Successful controls: hidden and text fields, ticked boxes, in order. */
  readonly fields: readonly (readonly [string, string])[]
  readonly boxes: readonly { readonly name: string; readonly value: string; readonly checked: boolean }[]
  readonly buttons: readonly { readonly name?: string; readonly value: string; readonly text: string }[]
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" }

export const decodeHtml = (text: string): string =>
  text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    if (entities[name] !== undefined) return entities[name]
    if (name.startsWith('#x')) return String.fromCodePoint(parseInt(name.slice(2), 16))
    return name.startsWith('#') ? String.fromCodePoint(Number(name.slice(1))) : whole
  })

/** The text of a piece of HTML, blanks folded. */
export const textOfHtml = (html: string): string =>
  decodeHtml(html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name, , , double, single] of tag.matchAll(/([a-zA-Z-]+)(=("([^"]*)"|'([^']*)'))?/g))
    found.set(name!.toLowerCase(), decodeHtml(double ?? single ?? ''))
  return found
}

// Everything up to the end of a tag; a ">" inside quotes is none.
const inTag = `((?:[^>"']|"[^"]*"|'[^']*')*)`
const tags = (name: string): RegExp => new RegExp(`<${name}\\b${inTag}>`, 'g')
const elements = (name: string): RegExp => new RegExp(`<${name}\\b${inTag}>([^]*?)</${name}>`, 'g')

/** The forms of a page, in order. Reads the plain HTML that servers of this field write; not a parser for the wild web. */
export function formsOf(html: string): HtmlForm[] {
  return [...html.matchAll(elements('form'))].map(([, head, body]) => {
    const form = attributesOf(head!)
    const inputs = [...body!.matchAll(tags('input'))].map(([, tag]) => attributesOf(tag!))
    const boxes = inputs
      .filter((input) => input.get('type') === 'checkbox')
      .map((input) => ({
        name: input.get('name') ?? '',
        value: input.get('value') ?? 'on',
        checked: input.has('checked'),
      }))
    const plain = inputs
      .filter((input) => !['checkbox', 'submit', 'button'].includes(input.get('type') ?? 'text') && input.has('name'))
      .map((input) => [input.get('name')!, input.get('value') ?? ''] as const)
    const areas = [...body!.matchAll(elements('textarea'))].map(
      ([, tag, text]) => [attributesOf(tag!).get('name') ?? '', decodeHtml(text!)] as const,
    )
    const buttons = [...body!.matchAll(elements('button'))].map(([, tag, text]) => {
      const button = attributesOf(tag!)
      const name = button.get('name')
      return { ...(name === undefined ? {} : { name }), value: button.get('value') ?? '', text: textOfHtml(text!) }
    })
    return {
      action: form.get('action') ?? '',
      method: (form.get('method') ?? 'get').toUpperCase() === 'POST' ? 'POST' : 'GET',
      autoSubmit: form.has('data-auto-submit') || /\bautosubmit\b/i.test(head!),
      fields: [...plain, ...areas],
      boxes,
      buttons,
    }
  })
}
