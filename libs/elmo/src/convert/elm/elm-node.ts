/** An object of JSON-LD, as the EDC profile writes it. */
export type ElmNode = Readonly<Record<string, unknown>>

const isEmpty = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0)

/** Without properties that are undefined or an empty list. */
export const withoutEmpty = (properties: ElmNode): ElmNode =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => !isEmpty(value)))

/** Names the nodes of one credential: `urn:epass:learningAchievement:1` and so on, the same for the same document. */
export class NodeFactory {
  readonly #counts = new Map<string, number>()

  node(type: string, properties: ElmNode): ElmNode {
    const count = (this.#counts.get(type) ?? 0) + 1
    this.#counts.set(type, count)
    const name = type.charAt(0).toLowerCase() + type.slice(1)
    return { id: `urn:epass:${name}:${count}`, type, ...withoutEmpty(properties) }
  }
}

/** A concept of a vocabulary. */
export const conceptOf = (id: string, scheme: string, label?: string): ElmNode => ({
  id,
  type: 'Concept',
  inScheme: { id: scheme, type: 'ConceptScheme' },
  ...(label === undefined ? {} : { prefLabel: { en: label } }),
})
