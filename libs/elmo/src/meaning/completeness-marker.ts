import type { Issuer, RawXml, Report } from '../model.js'
import { escapeAttribute } from '../xml/escape-xml.js'
import { parseXml, type XmlElement } from '../xml/parse-xml.js'
import { ElmoError } from '../elmo-error.js'
import { issuerKey } from './course-code.js'

/** The namespace of our marker in `elmo/extension`. */
export const completenessNamespace = 'urn:emrex-gateway:elmo:completeness:1'

/** `complete`: nothing of the report was left out by choice. `selection`: something was. */
export type MarkedExtent = 'complete' | 'selection'

/** The marker for a document whose reports, in their order, have these extents; of a report without one it says nothing. */
export function completenessMarker(reports: readonly { issuer: Issuer; extent?: MarkedExtent }[]): RawXml {
  const entries = reports.map(({ issuer, extent }, index) =>
    extent === undefined
      ? ''
      : `<report position="${index + 1}" issuer="${escapeAttribute(issuerKey(issuer))}" extent="${extent}"/>`,
  )
  return `<completeness xmlns="${completenessNamespace}">${entries.join('')}</completeness>`
}

function elementOf(raw: RawXml): XmlElement | undefined {
  if (!raw.includes(completenessNamespace)) return undefined
  try {
    return parseXml(new TextEncoder().encode(raw)).root
  } catch (error) {
    if (error instanceof ElmoError) return undefined
    throw error
  }
}

const isMarker = (element: XmlElement | undefined): element is XmlElement =>
  element?.namespace === completenessNamespace && element.localName === 'completeness'

const isExtent = (text: string | undefined): text is MarkedExtent => text === 'complete' || text === 'selection'

/** Whether a child of `elmo/extension` is our marker, whatever prefix it has. */
export const isCompletenessMarker = (raw: RawXml): boolean => isMarker(elementOf(raw))

/** The extent of each report by its index. An entry whose issuer is not that of the report says nothing: it is stale. */
export function readCompletenessMarker(
  extension: readonly RawXml[] | undefined,
  reports: readonly Report[],
): ReadonlyMap<number, MarkedExtent> {
  const found = new Map<number, MarkedExtent>()
  for (const marker of (extension ?? []).map(elementOf).filter(isMarker)) {
    for (const entry of marker.children) {
      if (typeof entry === 'string' || entry.localName !== 'report' || entry.namespace !== completenessNamespace)
        continue
      const value = (name: string): string | undefined => entry.attributes.find((one) => one.name === name)?.value
      const index = Number(value('position')) - 1
      const [report, extent] = [reports[index], value('extent')]
      if (report !== undefined && isExtent(extent) && value('issuer') === issuerKey(report.issuer))
        found.set(index, found.get(index) === 'selection' ? 'selection' : extent)
    }
  }
  return found
}
