import { collapse } from '../document/check-value.js'
import { ElmoError } from '../elmo-error.js'
import { listResults, type ResultNode } from '../meaning/list-results.js'
import type { Attachment, Elmo, LearningOpportunitySpecification, Report } from '../model.js'

type Specification = LearningOpportunitySpecification
type Chosen = ReadonlySet<string>

interface KeptReport {
  readonly report: Report
  /** Nothing of it was left out. */
  readonly whole: boolean
}

/** The object without properties that are undefined or an empty list. */
const compact = <T extends object>(object: T): T =>
  Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as T

/**
 * What a result is about, without what was achieved in it. The status stays: a reader takes a result without one as
 * passed, and a frame must not turn an unfinished degree into a finished one.
 */
function frameOf(los: Specification, parts: Specification[]): Specification {
  const { identifier, title, type, subjectArea, iscedCode, url, description, descriptionHtml, instance } = los
  const about = { identifier, title, type, subjectArea, iscedCode, url, description, descriptionHtml }
  return compact({ ...about, instance: compact({ status: instance.status }), parts })
}

function keepNode({ id, los, parts }: ResultNode, chosen: Chosen): Specification | undefined {
  if (chosen.has(id)) return los
  const kept = parts.flatMap((part) => keepNode(part, chosen) ?? [])
  return kept.length === 0 ? undefined : frameOf(los, kept)
}

const withParts = (los: Specification): Specification[] => [los, ...(los.parts ?? []).flatMap(withParts)]

const resultsOf = (report: Report): Specification[] =>
  (report.learningOpportunitySpecification ?? []).flatMap(withParts)

const isTranscript = ({ type = '' }: Attachment): boolean =>
  ['transcript of records', 'emrex transcript'].includes(collapse(type).toLowerCase())

/** Attachments that a kept result refers to; never a transcript, which would show what was left out. */
const referenced = (attachments: readonly Attachment[] | undefined, refs: ReadonlySet<string>): Attachment[] =>
  (attachments ?? []).filter(
    (attachment) => !isTranscript(attachment) && attachment.identifier?.some(({ value }) => refs.has(collapse(value))),
  )

const refsOf = (reports: readonly KeptReport[]): Set<string> =>
  new Set(
    reports.flatMap(({ report }) =>
      resultsOf(report).flatMap(({ instance }) => (instance.attachments?.ref ?? []).map(collapse)),
    ),
  )

function keepReport(report: Report, nodes: readonly ResultNode[], chosen: Chosen): KeptReport | undefined {
  const results = nodes.flatMap((node) => keepNode(node, chosen) ?? [])
  if (results.length === 0) return undefined
  if (nodes.every(({ id }) => chosen.has(id))) return { report, whole: true }
  const kept = { ...report, learningOpportunitySpecification: results }
  const schemes = new Set(resultsOf(kept).map(({ instance }) => collapse(instance.gradingSchemeLocalId ?? '')))
  const gradingScheme = report.gradingScheme?.filter(({ localId }) => schemes.has(collapse(localId)))
  return { report: compact({ ...kept, gradingScheme }), whole: false }
}

/** The result with references to kept attachments alone; the same object where none goes. */
function trimRefs(los: Specification, kept: ReadonlySet<string>): Specification {
  const refs = los.instance.attachments?.ref
  const staying = refs?.filter((ref) => kept.has(collapse(ref)))
  const fewer = { ...los.instance, attachments: staying?.length ? { ref: staying } : undefined }
  const instance = staying?.length === refs?.length ? los.instance : compact(fewer)
  const parts = los.parts?.map((part) => trimRefs(part, kept))
  const changed = instance !== los.instance || parts?.some((part, index) => part !== los.parts?.[index])
  return changed ? compact({ ...los, instance, parts }) : los
}

function refuseUnknown(lists: readonly ResultNode[][], chosen: Chosen): void {
  const ids = new Set<string>()
  const collect = ({ id, parts }: ResultNode): void => {
    ids.add(id)
    parts.forEach(collect)
  }
  lists.flat().forEach(collect)
  if (chosen.size === 0) throw new ElmoError('ELMO_SELECTION', 'nothing was chosen')
  if ([...chosen].some((id) => !ids.has(id))) {
    throw new ElmoError('ELMO_SELECTION', 'a chosen id is no result of this document')
  }
}

/**
 * A new document with what was chosen and nothing else about results; the given one stays as it is.
 *
 * - A chosen result keeps all its parts and everything it holds.
 * - A parent that was not chosen stays as a frame: what it is about and its status; no credits, grade, dates or
 *   extensions, so that it never claims what was left out. A report without any chosen result goes.
 * - A report of which everything was chosen stays as it is. Of another report stay the grading schemes that kept results
 *   use and the attachments that they refer to; transcripts go, because they show what was left out.
 * - The same holds for the document: its attachments, groups and extension stay whole only when nothing was left out.
 *
 * A valid document gives a valid document.
 *
 * @throws {ElmoError} ELMO_SELECTION when nothing was chosen or an id is not one of `listResults`
 */
export function selectResults(elmo: Elmo, chosen: ReadonlySet<string>): Elmo {
  const lists = listResults(elmo)
  refuseUnknown(lists, chosen)
  const kept = elmo.reports.flatMap((report, index) => keepReport(report, lists[index] ?? [], chosen) ?? [])
  if (kept.length === elmo.reports.length && kept.every(({ whole }) => whole))
    return { ...elmo, reports: [...elmo.reports] }

  const refs = refsOf(kept)
  const attachments = referenced(elmo.attachments, refs)
  const reports = kept.map(({ report, whole }) =>
    whole ? report : compact({ ...report, attachment: referenced(report.attachment, refs) }),
  )
  const holders = [attachments, ...reports.map(({ attachment }) => attachment ?? [])].flat()
  const keptIds = new Set(holders.flatMap(({ identifier = [] }) => identifier.map(({ value }) => collapse(value))))
  const trimmed = reports.map((report) => ({
    ...report,
    learningOpportunitySpecification: report.learningOpportunitySpecification?.map((los) => trimRefs(los, keptIds)),
  }))
  const grouped = trimmed.some((report) => resultsOf(report).some(({ instance }) => instance.grouping !== undefined))
  const { generatedDate, learner, groups } = elmo
  return compact({ generatedDate, learner, reports: trimmed, attachments, groups: grouped ? groups : undefined })
}
