import { nameColumn, nameColumns, type NameDictionary } from './name-dictionary.js'

/** What names stand for at the place of a scan, by the namespaces that are in force there. */
export class NameScope {
  /** The URI that each prefix stands for here: both are numbers of strings of the dictionary. */
  #bindings: Map<number, number> | undefined
  readonly #undo: number[] = []
  /** The URI of the default namespace, which is asked for most; then the last of the others. */
  #default: number
  #lastPrefix = -1
  #lastUri = -1

  constructor(readonly dictionary: NameDictionary) {
    this.#default = dictionary.nothing
  }

  /** What a prefix stands for here, -1 for nothing; both are numbers of strings. */
  uriOf(prefix: number): number {
    const { nothing, xml, xmlUri } = this.dictionary
    if (prefix === nothing) return this.#default
    if (prefix === this.#lastPrefix) return this.#lastUri
    this.#lastPrefix = prefix
    return (this.#lastUri = this.#bindings?.get(prefix) ?? (prefix === xml ? xmlUri : -1))
  }

  /** Declares a prefix, until `undeclare` takes it back. */
  declare(prefix: number, uri: number): void {
    this.#undo.push(prefix, this.uriOf(prefix))
    this.#bind(prefix, uri)
  }

  /** Takes back the last declarations. */
  undeclare(count: number): void {
    for (let i = 0; i < count; i++) {
      const uri = this.#undo.pop()!
      this.#bind(this.#undo.pop()!, uri)
    }
  }

  #bind(prefix: number, uri: number): void {
    this.#lastPrefix = -1
    if (prefix === this.dictionary.nothing) this.#default = uri
    else (this.#bindings ??= new Map()).set(prefix, uri)
  }

  /** The `id` of what the name of an element stands for here; -1 where its prefix is not declared. */
  expandElement(entry: number): number {
    const { dictionary } = this
    const uri = this.uriOf(dictionary.names[entry * nameColumns + nameColumn.prefix]!)
    return uri < 0 ? -1 : dictionary.expand(entry, uri)
  }

  /** The same of an attribute, which has a namespace only by a prefix; -1 also for what declares a namespace. */
  expandAttribute(entry: number): number {
    const { names, nothing } = this.dictionary
    const at = entry * nameColumns
    if (names[at + nameColumn.declares] === 1) return -1
    const prefix = names[at + nameColumn.prefix]!
    const uri = prefix === nothing ? prefix : this.uriOf(prefix)
    return uri < 0 ? -1 : this.dictionary.expand(entry, uri)
  }
}
