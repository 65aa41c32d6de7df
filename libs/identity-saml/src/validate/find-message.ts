import type { Element } from '@xmldom/xmldom'
import { demand } from '../saml-refusal.js'
import { elementsOf, isNamed } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import type { StrictDocument } from '../xml/parse-strict.js'

/** Where the parts of a message stand; nothing of it is trusted yet. */
export interface Message {
  readonly document: StrictDocument
  readonly response: Element
  /** What may be the Assertion or EncryptedAssertion; there is no second one. */
  readonly assertion?: Element
}

/**
 * Finds the one Response and the one assertion of a document. Whatever could be taken for another of them is refused,
 * wherever it stands and whatever its namespace, and so is a signature in any place but the two.
 *
 * @throws {SamlRefusal} `root`, `ds-object`, `responses`, `assertions`, `count-signature`
 */
export function findMessage(document: StrictDocument, response: Element): Message {
  demand(isNamed(response, namespaces.protocol, 'Response'), 'root')
  const all = elementsOf(document.root)
  demand(!all.some((element) => isNamed(element, namespaces.signature, 'Object')), 'ds-object')
  demand(all.filter(({ localName }) => localName === 'Response').length === 1, 'responses')
  const [assertion, ...more] = all.filter(looksLikeAssertion)
  demand(more.length === 0, 'assertions')
  const carriers = [response, assertion, ...ancestorsOf(response)]
  const signatures = all.filter((element) => isNamed(element, namespaces.signature, 'Signature'))
  demand(
    signatures.every(({ parentNode }) => carriers.some((carrier) => carrier === parentNode)),
    'count-signature',
  )
  return { document, response, ...(assertion === undefined ? {} : { assertion }) }
}

/**
 * Says that a decrypted document is one assertion, with no signature but its own.
 * @throws {SamlRefusal} `assertions`, `count-signature`
 */
export function findDecrypted({ root }: StrictDocument): Element {
  demand(isNamed(root, namespaces.assertion, 'Assertion'), 'assertions')
  const all = elementsOf(root)
  demand(all.filter(looksLikeAssertion).length === 1, 'assertions')
  const signatures = all.filter((element) => isNamed(element, namespaces.signature, 'Signature'))
  demand(
    signatures.every(({ parentNode }) => parentNode === root),
    'count-signature',
  )
  return root
}

const looksLikeAssertion = ({ localName }: Element): boolean =>
  localName === 'Assertion' || localName === 'EncryptedAssertion'

function ancestorsOf(element: Element): Element[] {
  const ancestors: Element[] = []
  for (let node = element.parentNode; node?.nodeType === 1; node = node.parentNode) ancestors.push(node as Element)
  return ancestors
}
