import type { XmlElement } from '../xml/parse-xml.js'
import type { Place } from './place.js'

/** A place with its element, so that a problem can name line and column. */
export interface ReadPlace extends Place {
  readonly parent?: ReadPlace
  readonly element: XmlElement
}

/** The namespace that a prefix ('' = default) stands for at a place. */
export function namespaceAt(place: ReadPlace | undefined, prefix: string): string | undefined {
  if (place === undefined) return undefined
  return place.element.declarations.get(prefix) ?? namespaceAt(place.parent, prefix)
}
