import { ElmoError, parseXml, type ElmoLimits, type XmlElement } from '@emrex-gateway/elmo'
import { collectEntries, type Row } from './collect-entries.js'
import type { ListOptions, ListOutcome } from './ncp-list.js'

/** The namespace of an entry today, and the one of the implementation guide's example, which old manifests still carry. */
const entryNamespace =
  /^https:\/\/github\.com\/erasmus-without-paper\/ewp-specs-api-emrex-(data-access-point|ncp)\/(blob|tree)\//

/** A catalogue names every host of the whole EWP network, so it has more nodes than any ELMO document. */
const catalogueLimits: Partial<ElmoLimits> = { maxNodes: 2_000_000 }

/**
 * Reads the NCPs out of an EWP catalogue: every `emrex-data-access-point` below a host's `apis-implemented`. The registry
 * passes these elements through unchecked, so each is checked here, and a bad one is left out with its reason.
 *
 * Never throws for what the bytes hold; a document that is no catalogue is refused as a whole.
 *
 * Spec: EWP registry API v1 (catalogue), EMREX data access point manifest entry v1.
 */
export function parseEwpCatalogue(bytes: Uint8Array, options: ListOptions = {}): ListOutcome {
  let root: XmlElement
  try {
    root = parseXml(bytes, catalogueLimits).root
  } catch (error) {
    if (!(error instanceof ElmoError)) throw error
    return { kind: 'refused', reason: `it cannot be read as XML: ${error.message}` }
  }
  if (root.localName !== 'catalogue')
    return { kind: 'refused', reason: `it is no EWP catalogue: its root element is "${root.localName.slice(0, 40)}"` }

  const rows = childrenOf(root, 'host')
    .flatMap((host) => childrenOf(host, 'apis-implemented'))
    .flatMap((apis) => childrenOf(apis, 'emrex-data-access-point'))
    .map(readRow)
  return { kind: 'list', list: collectEntries(rows, [], options) }
}

function readRow(element: XmlElement): Row {
  const texts = (localName: string): string[] => childrenOf(element, localName).map(textOf)
  const name = texts('name')[0]
  if (!entryNamespace.test(element.namespace)) return { unreadable: 'its namespace is unknown', name }
  const urls = texts('url')
  if (urls.length > 1) return { unreadable: `it has ${urls.length} addresses`, name }
  return {
    name,
    url: urls[0],
    countryCode: texts('country-code')[0],
    institutions: texts('institution'),
    certificates: texts('certificate'),
  }
}

function childrenOf(parent: XmlElement, localName: string): XmlElement[] {
  return parent.children.filter((child) => typeof child !== 'string' && child.localName === localName) as XmlElement[]
}

function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('')
}
