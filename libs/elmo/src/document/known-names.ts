import { attributeKey, nameNumber } from '../grammar/shape.js'
import type { NameDictionary } from '../xml/name-dictionary.js'

/** What the grammar knows of the names of a dictionary: the index is the `id` of a name. */
export interface KnownNames {
  /** Numbers of names of elements, whatever their namespace; -1 for a name that the grammar does not have. */
  readonly numbers: number[]
  /** Keys of names of attributes. */
  readonly keys: number[]
}

const known = new WeakMap<NameDictionary, KnownNames>()

/** What the grammar knows of all names that the dictionary has by now. */
export function knownNames(dictionary: NameDictionary): KnownNames {
  let names = known.get(dictionary)
  if (names === undefined) known.set(dictionary, (names = { numbers: [], keys: [] }))
  const { expanded } = dictionary
  for (let id = names.numbers.length; id < expanded.length; id++) {
    const { localName, namespace } = expanded[id]!
    names.numbers.push(nameNumber(localName))
    names.keys.push(attributeKey(localName, namespace))
  }
  return names
}
