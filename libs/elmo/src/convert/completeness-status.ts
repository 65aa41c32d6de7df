import {
  completenessMarker,
  completenessNamespace,
  isCompletenessMarker,
  readCompletenessMarker,
  type MarkedExtent,
} from '../meaning/completeness-marker.js'
import { completenessOf } from '../meaning/completeness.js'
import type { RawXml, Report } from '../model.js'
import type { LossCode } from './conversion-loss.js'

/** Reports and extension of a document, with what moved from one into the other: JSON Pointers below the document. */
export interface AdaptedCompleteness {
  readonly reports: readonly Report[]
  readonly extension: readonly RawXml[]
  readonly moves: readonly { readonly code: LossCode; readonly from: string; readonly to?: string }[]
}

const codes: Readonly<Record<MarkedExtent, string>> = { complete: 'FULL', selection: 'SELECTION' }

const extentOf = ({ status }: Report): MarkedExtent | undefined =>
  (Object.keys(codes) as MarkedExtent[]).find((extent) => codes[extent] === status?.code)

/** As our marker is written. */
const isMarker = (raw: RawXml): boolean => raw.startsWith(`<completeness xmlns="${completenessNamespace}"`)

/** Whether a value has what a marker is made from. */
export const isReport = (value: unknown): value is Report => {
  const { title, identifier, url } = (value as Partial<Report> | null)?.issuer ?? {}
  return Array.isArray(title) && Array.isArray(identifier) && typeof url === 'string'
}

/** What a marker can say of each report when its status is gone: of the status and the marker, what promises less. */
function extentsOf(reports: readonly Report[], extension: readonly RawXml[]): (MarkedExtent | undefined)[] {
  return completenessOf({ reports, extension }).map(({ extent }) =>
    extent === 'complete' || extent === 'selection' ? extent : undefined,
  )
}

/**
 * FULL and SELECTION as a marker; other codes have none, nor has a message. A document that has a marker keeps it, unless a
 * status promises less, or says something of a report of which the marker is silent.
 */
export function statusAsMarker(
  reports: readonly Report[],
  extension: readonly RawXml[],
): AdaptedCompleteness | undefined {
  if (reports.every(({ status }) => status?.code === undefined)) return undefined
  const extents = extentsOf(reports, extension)
  const marks = readCompletenessMarker(extension, reports)
  if (extents.every((extent, index) => extent === marks.get(index))) return undefined
  const places = extension.flatMap((raw, index) => (isCompletenessMarker(raw) ? [index] : []))
  const to = places[0] ?? extension.length
  const marker = completenessMarker(reports.map(({ issuer }, index) => ({ issuer, extent: extents[index] })))
  const moved = reports.map((report, index) => extents[index] !== undefined && extentOf(report) === extents[index])
  const replaced = extension.map((raw, index) => (places.includes(index) ? marker : raw))
  return {
    // What is left of a status is a message, which goes by its own name.
    reports: reports.map((report, index) => {
      if (!moved[index]) return report
      const { message } = report.status ?? {}
      return { ...report, status: message === undefined ? undefined : { message } } as Report
    }),
    extension: places.length === 0 ? [...extension, marker] : replaced,
    moves: [
      ...moved.flatMap((isMoved, index) =>
        isMoved
          ? [{ code: 'STATUS_AS_MARKER' as const, from: `/reports/${index}/status/code`, to: `/extension/${to}` }]
          : [],
      ),
      ...places.map((place) => ({ code: 'MARKER_CORRECTED' as const, from: `/extension/${place}` })),
    ],
  }
}

/** The marker as FULL and SELECTION; a report that has a status keeps it, and then the marker stays, too. */
export function markerAsStatus(
  reports: readonly Report[],
  extension: readonly RawXml[],
): AdaptedCompleteness | undefined {
  const at = extension.findIndex(isMarker)
  const marks = readCompletenessMarker(extension.slice(at, at + 1), reports)
  const isPlain = at >= 0 && extension.filter(isMarker).length === 1 && marks.size > 0
  if (!isPlain || [...marks.keys()].some((index) => reports[index]?.status !== undefined)) return undefined
  return {
    reports: reports.map((report, index) => {
      const extent = marks.get(index)
      return extent === undefined ? report : { ...report, status: { code: codes[extent] } }
    }),
    extension: extension.filter((_, index) => index !== at),
    moves: [...marks.keys()].map((index) => ({
      code: 'MARKER_AS_STATUS' as const,
      from: `/extension/${at}`,
      to: `/reports/${index}/status`,
    })),
  }
}
