import { xsd, type XsdNode } from './xsd-node.js'

const occurs: Readonly<Record<string, XsdNode['attributes']>> = {
  '?': { minOccurs: '0' },
  '*': { minOccurs: '0', maxOccurs: 'unbounded' },
  '+': { maxOccurs: 'unbounded' },
}

/** Reads a content model that is written as a pattern over names, a blank behind each. */
class ContentModel {
  readonly #tokens: string[]

  constructor(
    source: string,
    private readonly particleOf: (name: string) => XsdNode,
  ) {
    this.#tokens = source.match(/[A-Za-z0-9]+ |# |[()|?*+]/g) ?? []
  }

  choice(): XsdNode {
    const branches = [this.#sequence()]
    while (this.#tokens[0] === '|') {
      this.#tokens.shift()
      branches.push(this.#sequence())
    }
    return branches.length === 1 ? (branches[0] as XsdNode) : xsd('choice', {}, ...branches)
  }

  #sequence(): XsdNode {
    const items: XsdNode[] = []
    while (this.#tokens.length > 0 && this.#tokens[0] !== '|' && this.#tokens[0] !== ')') items.push(this.#item())
    return items.length === 1 ? (items[0] as XsdNode) : xsd('sequence', {}, ...items)
  }

  #item(): XsdNode {
    const token = this.#tokens.shift() as string
    const item = token === '(' ? this.choice() : this.particleOf(token.trim())
    if (token === '(') this.#tokens.shift()
    const often = occurs[this.#tokens[0] ?? '']
    if (often === undefined) return item
    this.#tokens.shift()
    return { ...item, attributes: { ...item.attributes, ...often } }
  }
}

/** The particle, a sequence or a choice, of a content model; `particleOf` says what stands for a name and for `#`. */
export function contentModelXsd(pattern: RegExp, particleOf: (name: string) => XsdNode): XsdNode {
  const particle = new ContentModel(pattern.source, particleOf).choice()
  return ['sequence', 'choice'].includes(particle.name) ? particle : xsd('sequence', {}, particle)
}
