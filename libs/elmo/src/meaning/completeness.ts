import type { RawXml, Report } from '../model.js'
import { readCompletenessMarker, type MarkedExtent } from './completeness-marker.js'

/** Whether a report holds everything that its institution has of the learner. */
export interface ReportCompleteness {
  /** `unknown` is the rule: most documents say nothing, and silence proves nothing. */
  readonly extent: MarkedExtent | 'partial' | 'error' | 'unknown'
  /** Who says so: `report/status` (ELMO 2.1) or our marker in the extension (1.1 to 2.0). */
  readonly from?: 'status' | 'marker'
  /** More may come: the institution could not give everything now. */
  readonly temporary?: true
}

const extents: Readonly<Record<string, ReportCompleteness>> = {
  FULL: { extent: 'complete', from: 'status' },
  SELECTION: { extent: 'selection', from: 'status' },
  PARTIAL_TEMPORARY: { extent: 'partial', from: 'status', temporary: true },
  PARTIAL_PERMANENT: { extent: 'partial', from: 'status' },
  ERROR_TEMPORARY: { extent: 'error', from: 'status', temporary: true },
  ERROR_PERMANENT: { extent: 'error', from: 'status' },
}

/** What of a document tells of its completeness. */
export interface ReportsAndExtension {
  readonly reports: readonly Report[]
  readonly extension?: readonly RawXml[] | undefined
}

/**
 * What the document says about the completeness of each report, in their order: by `report/status`, else by our marker.
 * Where the two contradict, the one that promises less counts. Nothing is concluded from silence.
 *
 * Spec: RPT-SUBSET of the ELMO annotations; ELMO 2.1, `report/status`.
 */
export function completenessOf(elmo: ReportsAndExtension): ReportCompleteness[] {
  const marked = readCompletenessMarker(elmo.extension, elmo.reports)
  return elmo.reports.map(({ status }, index) => {
    const stated = Object.hasOwn(extents, status?.code ?? '') ? extents[status?.code ?? ''] : undefined
    const mark = marked.get(index)
    if (mark !== undefined && (stated === undefined || (stated.extent === 'complete' && mark === 'selection')))
      return { extent: mark, from: 'marker' }
    return stated ?? { extent: 'unknown' }
  })
}
