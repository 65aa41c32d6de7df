/** An element as the SOAP library gives it: text, or attributes and children by name, or nothing where it is empty. */
export type AnswerPart = string | AnswerElement | null | undefined
export interface AnswerElement {
  readonly [name: string]: unknown
}

const elementOf = (part: unknown): AnswerElement | undefined =>
  typeof part === 'object' && part !== null && !Array.isArray(part) ? (part as AnswerElement) : undefined

/** Every child of that name, in order; an empty one is left out. */
export function children(part: unknown, name: string): readonly AnswerPart[] {
  const element = elementOf(part)
  const found = element !== undefined && Object.hasOwn(element, name) ? element[name] : undefined
  const list: readonly unknown[] = Array.isArray(found) ? found : [found]
  return list.filter(
    (each): each is string | AnswerElement => typeof each === 'string' || elementOf(each) !== undefined,
  )
}

/** The first child of that name. */
export const child = (part: unknown, name: string): AnswerPart => children(part, name)[0]

/** The text of an element, trimmed; undefined where it has none. */
export function text(part: unknown): string | undefined {
  const written = typeof part === 'string' ? part : elementOf(part)?.['$value']
  return typeof written === 'string' && written.trim() !== '' ? written.trim() : undefined
}

export const childText = (part: unknown, name: string): string | undefined => text(child(part, name))

/** An attribute as it is written; undefined where it is empty. */
export function attribute(part: unknown, name: string): string | undefined {
  const attributes = elementOf(elementOf(part)?.['attributes'])
  const value = attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
