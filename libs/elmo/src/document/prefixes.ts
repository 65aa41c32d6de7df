import type { XmlTape } from '../xml/xml-tape.js'

/** What prefixes stand for at the place of a walk: it enters and leaves the elements that declare some. */
export class Prefixes {
  readonly #uris = new Map<string, string[]>()

  constructor(private readonly tape: XmlTape) {}

  /** The namespace of a prefix ('' = default); undefined where none was declared. */
  readonly uriOf = (prefix: string): string | undefined => this.#uris.get(prefix)?.at(-1)

  enter(node: number): void {
    const first = this.tape.firstDeclaration(node)
    for (let each = first; each < first + this.tape.declarationCount(node); each++) {
      const prefix = this.tape.declarationPrefix(each)
      const uris = this.#uris.get(prefix)
      if (uris === undefined) this.#uris.set(prefix, [this.tape.declarationUri(each)])
      else uris.push(this.tape.declarationUri(each))
    }
  }

  leave(node: number): void {
    const first = this.tape.firstDeclaration(node)
    for (let each = first; each < first + this.tape.declarationCount(node); each++) {
      this.#uris.get(this.tape.declarationPrefix(each))?.pop()
    }
  }
}
