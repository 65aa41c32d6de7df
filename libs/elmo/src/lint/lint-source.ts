import type { XmlDocument, XmlElement, XmlSection } from '../xml/parse-xml.js'

type Children = Map<string, readonly XmlElement[]>

function childrenByName({ children, namespace }: XmlElement): Children {
  const byName = new Map<string, XmlElement[]>()
  for (const child of children) {
    if (typeof child === 'string') continue
    const known = byName.get(child.localName)
    if (known === undefined) byName.set(child.localName, [child])
    else known.push(child)
  }
  // Where a stranger bears the name of one of ours, ours counts.
  for (const [name, elements] of byName) {
    const ours = elements.filter((element) => element.namespace === namespace)
    if (ours.length > 0) byName.set(name, ours)
  }
  return byName
}

/** A result in a path, with the element around it that has no other purpose. */
const wrappedResult = /(hasPart|recognitionResult)(\[\d+\])\/(learningOpportunitySpecification)/g

/** The document that a model was read from, for what only its bytes show. */
export class LintSource {
  readonly #children = new WeakMap<XmlElement, Children>()

  readonly #cdata: readonly XmlSection[]

  constructor(readonly document: XmlDocument) {
    this.#cdata = document.sections.filter(({ kind }) => kind === 'cdata')
  }

  /** The element that a path such as `/elmo/report[2]/issuer` names, or the last one on the way that is there. */
  elementAt(path: string): XmlElement {
    // A result and what holds it are one step: results are counted as the reader does, however many one hasPart holds.
    const [, , ...steps] = path.replace(wrappedResult, '$1>$3$2').split('/')
    let element = this.document.root
    for (const step of steps) {
      const [, name = '', index = '1'] = /^([^[]*)(?:\[(\d+)\])?$/.exec(step) ?? []
      const next = this.#named(element, name)[Number(index) - 1]
      if (next === undefined) return element
      element = next
    }
    return element
  }

  #named(element: XmlElement, name: string): readonly XmlElement[] {
    const children = this.#childrenOf(element)
    const known = children.get(name)
    if (known !== undefined || !name.includes('>')) return known ?? []
    const [holder = '', result = ''] = name.split('>')
    const found = (children.get(holder) ?? []).flatMap((each) => this.#childrenOf(each).get(result) ?? [])
    children.set(name, found)
    return found
  }

  /** Whether some of the element's text was written as CDATA. */
  holdsCdata({ start, end }: XmlElement): boolean {
    // Sections stand in the order of the document: the first one behind the start decides.
    let low = 0
    let high = this.#cdata.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#cdata[middle]?.start ?? 0) < start) low = middle + 1
      else high = middle
    }
    return (this.#cdata[low]?.start ?? Infinity) < end
  }

  #childrenOf(element: XmlElement): Children {
    const known = this.#children.get(element)
    if (known !== undefined) return known
    const children = childrenByName(element)
    this.#children.set(element, children)
    return children
  }
}
