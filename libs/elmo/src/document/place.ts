/** Where in a document: a chain of elements up to the root, or an attribute `@name`. Its path is only spelt out for a problem. */
export interface Place {
  readonly parent?: Place
  readonly name: string
  /** 1-based among elements of this name; only where several may stand. */
  readonly index?: number
  readonly depth: number
}

/** The path of element names, such as `/elmo/report[2]/issuer`. */
export function pathOf(place: Place): string {
  const own = place.index === undefined ? place.name : `${place.name}[${place.index}]`
  return `${place.parent === undefined ? '' : pathOf(place.parent)}/${own}`
}

export const attributePlace = (parent: Place, name: string): Place => ({
  parent,
  name: `@${name}`,
  depth: parent.depth,
})
