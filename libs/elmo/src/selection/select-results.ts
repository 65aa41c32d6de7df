import { needsProperty } from '../convert/release-rows.js'
import { collapse } from '../document/check-value.js'
import { defaultRelease, releases, type Release } from '../grammar/releases.js'
import { completenessMarker, type MarkedExtent } from '../meaning/completeness-marker.js'
import { completenessOf, type ReportCompleteness } from '../meaning/completeness.js'
import { listResults, type ResultNode } from '../meaning/list-results.js'
import { statedStatus } from '../meaning/result-status.js'
import type { Attachment, Elmo, LearningOpportunitySpecification, Report } from '../model.js'
import { attachmentIds, attachmentRefs, trimAttachmentRefs } from './attachment-refs.js'
import { compact } from './compact.js'
import { keptRecognitions, recognitionResults, resultsOf } from './kept-recognitions.js'
import { resolveChoice, type SelectionPolicy } from './resolve-choice.js'

type Specification = LearningOpportunitySpecification
type Chosen = ReadonlySet<string>

export interface SelectionOptions {
  /** `pick` when not given. */
  readonly policy?: SelectionPolicy
  /** The release that will be written; 1.7.0 when not given. It decides how the document says that something was left out. */
  readonly release?: Release
}

interface KeptReport {
  /** Its place in the given document. */
  readonly index: number
  readonly report: Report
  /** Nothing of it was left out. */
  readonly whole: boolean
}

/**
 * What a result is about, without what was achieved in it. The status stays: a reader takes a result without one as
 * passed, and a frame must not turn an unfinished degree into a finished one. So does the kind of document: without one it is
 * taken as a diploma. ELMO 1.3.0 demands a grouping: an empty one, which names no group.
 */
function frameOf(los: Specification, parts: Specification[], release: Release): Specification {
  const { identifier, title, type, subjectArea, iscedCode, url, description, descriptionHtml, documentType } = los
  const about = { identifier, title, type, subjectArea, iscedCode, url, description, descriptionHtml, documentType }
  const grouping = needsProperty('LearningOpportunityInstance', 'grouping', release) ? {} : undefined
  // What made it an enrolment may go: `enrolment` with the frame, the kind of document with the release.
  const status = los.instance.status?.trim() ? los.instance.status : statedStatus(los)
  return compact({ ...about, instance: compact({ status, grouping }), parts })
}

function keepNode({ id, los, parts }: ResultNode, chosen: Chosen, release: Release): Specification | undefined {
  if (chosen.has(id)) return los
  const kept = parts.flatMap((part) => keepNode(part, chosen, release) ?? [])
  return kept.length === 0 ? undefined : frameOf(los, kept, release)
}

/** The results that were chosen, frames not among them. */
const chosenResults = ({ id, los, parts }: ResultNode, chosen: Chosen): Specification[] =>
  chosen.has(id) ? [los] : parts.flatMap((part) => chosenResults(part, chosen))

const isTranscript = ({ type = '' }: Attachment): boolean =>
  ['transcript of records', 'emrex transcript'].includes(collapse(type).toLowerCase())

/** Attachments that a kept result refers to; never a transcript, which would show what was left out. */
const referenced = (attachments: readonly Attachment[] | undefined, refs: ReadonlySet<string>): Attachment[] =>
  (attachments ?? []).filter(
    (attachment) => !isTranscript(attachment) && attachment.identifier?.some(({ value }) => refs.has(collapse(value))),
  )

/** An empty grouping, as ELMO 1.3.0 demands one, names no group. */
const isGrouped = ({ instance }: Specification): boolean => Object.keys(instance.grouping ?? {}).length > 0

/** The results of a report and of its recognition decisions. */
const allResultsOf = (report: Report): Specification[] => [
  ...resultsOf(report),
  ...(report.resultOfRecognition ?? []).flatMap(recognitionResults),
]

function keepReport(
  report: Report,
  index: number,
  nodes: readonly ResultNode[],
  chosen: Chosen,
  release: Release,
): KeptReport | undefined {
  const results = nodes.flatMap((node) => keepNode(node, chosen, release) ?? [])
  if (results.length === 0) return undefined
  if (nodes.every(({ id }) => chosen.has(id))) return { index, report, whole: true }
  const taken = nodes.flatMap((node) => chosenResults(node, chosen))
  const resultOfRecognition = keptRecognitions(report, taken)
  const kept = { ...report, learningOpportunitySpecification: results, resultOfRecognition }
  const schemes = new Set(allResultsOf(kept).map(({ instance }) => collapse(instance.gradingSchemeLocalId ?? '')))
  const gradingScheme = report.gradingScheme?.filter(({ localId }) => schemes.has(collapse(localId)))
  return { index, report: compact({ ...kept, gradingScheme }), whole: false }
}

const isFrom = (release: Release, first: Release): boolean => releases.indexOf(release) >= releases.indexOf(first)

type Before = readonly ReportCompleteness[]

/**
 * Says in the report itself that results were left out, now or before: in releases that know it, or where it would say the
 * contrary.
 */
function withStatus({ report, index, whole }: KeptReport, before: Before, release: Release): Report {
  const isSelection = !whole || (before[index]?.extent === 'selection' && report.status?.code !== 'SELECTION')
  const tells = isSelection && (isFrom(release, '2.1.1') || report.status !== undefined)
  return tells ? { ...report, status: { code: 'SELECTION' } } : report
}

/** Undefined for a report that the institution gave in part or not at all: the marker has no word for it. */
function extentAfter(whole: boolean, before: ReportCompleteness['extent'] | undefined): MarkedExtent | undefined {
  if (!whole || before === 'selection') return 'selection'
  return before === 'partial' || before === 'error' ? undefined : 'complete'
}

/** What says for each report whether something was left out, where the release has no better place for it. */
function markerFor(kept: readonly KeptReport[], before: Before, release: Release): Pick<Elmo, 'extension'> {
  if (!isFrom(release, '1.1.0') || isFrom(release, '2.1.1')) return {}
  const entries = kept.map(({ report: { issuer }, index, whole }) => {
    const extent = extentAfter(whole, before[index]?.extent)
    return extent === undefined ? { issuer } : { issuer, extent }
  })
  return { extension: [completenessMarker(entries)] }
}

/**
 * A new document with what was chosen and nothing else about results; the given one stays as it is.
 *
 * - A chosen result keeps all its parts and everything it holds. What counts as chosen is for the policy to say
 *   (`resolveChoice`).
 * - A parent that was not chosen stays as a frame: what it is about and its status; no credits, grade, dates or
 *   extensions, so that it never claims what was left out. A report without any chosen result goes.
 * - A report of which everything was chosen stays as it is. Of another report stay the grading schemes that kept results
 *   use and the attachments that they refer to; transcripts go, because they show what was left out.
 * - A recognition decision stays whole or goes whole. It goes with its report, and when one of its results was left out.
 * - The same holds for the document: its attachments, groups and extension stay whole only when nothing was left out.
 * - When something was left out, the document says of which report: from 2.1.1 on by `report/status` SELECTION, from 1.1.0
 *   to 2.0.0 by our marker in the extension (`completenessOf` reads both); 1.0.0 allows no extension. A report that went
 *   leaves no trace. A report that claimed to be FULL says so only when nothing of it was left out. What was a selection
 *   before stays one, and of a report that the institution gave in part or not at all the marker says nothing.
 *
 * A valid document gives a valid document.
 *
 * @throws {ElmoError} ELMO_SELECTION when nothing was chosen or an id is not one of `listResults`
 */
export function selectResults(elmo: Elmo, choice: ReadonlySet<string>, options: SelectionOptions = {}): Elmo {
  const { policy = 'pick', release = defaultRelease } = options
  const chosen = resolveChoice(elmo, choice, policy)
  const lists = listResults(elmo)
  if (lists.flat().every(({ id }) => chosen.has(id))) return { ...elmo, reports: [...elmo.reports] }

  const before = completenessOf(elmo)
  const kept = elmo.reports.flatMap(
    (report, index) => keepReport(report, index, lists[index] ?? [], chosen, release) ?? [],
  )
  const refs = new Set(kept.flatMap(({ report }) => attachmentRefs(report)))
  const attachments = referenced(elmo.attachments, refs)
  const reports = kept.map((one) => {
    const report = withStatus(one, before, release)
    return one.whole ? report : compact({ ...report, attachment: referenced(report.attachment, refs) })
  })
  const holders = [attachments, ...reports.map(({ attachment }) => attachment ?? [])].flat()
  const keptIds = new Set(attachmentIds(holders))
  const trimmed = reports.map((report) => trimAttachmentRefs(report, keptIds))
  const grouped = trimmed.some((report) => allResultsOf(report).some(isGrouped))
  const { generatedDate, learner, groups } = elmo
  const about = { generatedDate, learner, reports: trimmed, attachments, groups: grouped ? groups : undefined }
  return compact({ ...about, ...markerFor(kept, before, release) })
}
