import {
  completenessMarker,
  completenessNamespace,
  readCompletenessMarker,
  type MarkedExtent,
} from '../meaning/completeness-marker.js'
import type { RawXml, Report } from '../model.js'
import type { LossCode } from './conversion-loss.js'

/** Reports and extension of a document, with what moved from one into the other: JSON Pointers below the document. */
export interface AdaptedCompleteness {
  readonly reports: readonly Report[]
  readonly extension: readonly RawXml[]
  readonly moves: readonly { readonly code: LossCode; readonly from: string; readonly to: string }[]
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

/** FULL and SELECTION as a marker; other codes have none, nor has a message. A document that has a marker keeps it. */
export function statusAsMarker(
  reports: readonly Report[],
  extension: readonly RawXml[],
): AdaptedCompleteness | undefined {
  const extents = reports.map(extentOf)
  if (extents.every((extent) => extent === undefined) || extension.some(isMarker)) return undefined
  const to = `/extension/${extension.length}`
  return {
    // What is left of a status is a message, which goes by its own name.
    reports: reports.map((report, index) => {
      if (extents[index] === undefined) return report
      const { message } = report.status ?? {}
      return { ...report, status: message === undefined ? undefined : { message } } as Report
    }),
    extension: [
      ...extension,
      completenessMarker(reports.map(({ issuer }, index) => ({ issuer, extent: extents[index] }))),
    ],
    moves: extents.flatMap((extent, index) =>
      extent === undefined ? [] : [{ code: 'STATUS_AS_MARKER' as const, from: `/reports/${index}/status/code`, to }],
    ),
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
