import { collapse } from '../document/check-value.js'
import type {
  Attachment,
  LearningOpportunitySpecification,
  RecognitionReport,
  Report,
  ResultOfRecognition,
} from '../model.js'
import { compact } from './compact.js'
import { resultsOf, withParts } from './kept-recognitions.js'

type Results = Pick<RecognitionReport, 'learningOpportunitySpecification' | 'resultOfRecognition'>
type Referring = Pick<ResultOfRecognition, 'attachments'>

const ownRefs = ({ attachments }: Referring): string[] => (attachments?.ref ?? []).map(collapse)

const decisionRefs = (decision: ResultOfRecognition): string[] => [
  ...ownRefs(decision),
  ...(decision.recognitionBasis ?? []).flatMap(attachmentRefs),
  ...(decision.recognitionResult ?? []).flatMap(withParts).flatMap(({ instance }) => ownRefs(instance)),
]

/** Identifiers of all attachments that a report refers to, those of its recognition decisions with it. */
export function attachmentRefs(report: Results): string[] {
  const results = resultsOf(report).flatMap(({ instance }) => ownRefs(instance))
  return [...results, ...(report.resultOfRecognition ?? []).flatMap(decisionRefs)]
}

/**
 * The identifiers of attachments, white space collapsed.
 *
 * Spec: ELMO 1.7.0, `attachment/identifier`.
 */
export const attachmentIds = (attachments: readonly Attachment[] = []): string[] =>
  attachments.flatMap(({ identifier = [] }) => identifier.map(({ value }) => collapse(value)))

/** The thing with references to kept attachments alone; the same object where none goes. */
function trimOwn<T extends Referring>(thing: T, kept: ReadonlySet<string>): T {
  const refs = thing.attachments?.ref
  const staying = refs?.filter((ref) => kept.has(collapse(ref)))
  if (staying?.length === refs?.length) return thing
  return compact({ ...thing, attachments: staying?.length ? { ref: staying } : undefined })
}

function trimResult(
  los: LearningOpportunitySpecification,
  kept: ReadonlySet<string>,
): LearningOpportunitySpecification {
  const instance = trimOwn(los.instance, kept)
  const parts = los.parts?.map((part) => trimResult(part, kept))
  const changed = instance !== los.instance || parts?.some((part, index) => part !== los.parts?.[index])
  return changed ? compact({ ...los, instance, parts }) : los
}

/** What the decision rests on brings attachments of its own. */
const trimDecision = (decision: ResultOfRecognition, kept: ReadonlySet<string>): ResultOfRecognition =>
  compact({
    ...trimOwn(decision, kept),
    recognitionBasis: decision.recognitionBasis?.map((basis) =>
      trimAttachmentRefs(basis, new Set([...kept, ...attachmentIds(basis.attachment)])),
    ),
    recognitionResult: decision.recognitionResult?.map((los) => trimResult(los, kept)),
  })

/**
 * The report with references to kept attachments alone. `kept` holds identifiers as `attachmentIds` gives them.
 *
 * Spec: ELMO 1.7.0, `learningOpportunityInstance/attachments/ref`.
 */
export const trimAttachmentRefs = <T extends Report | RecognitionReport>(report: T, kept: ReadonlySet<string>): T =>
  compact({
    ...report,
    learningOpportunitySpecification: report.learningOpportunitySpecification?.map((los) => trimResult(los, kept)),
    resultOfRecognition: report.resultOfRecognition?.map((decision) => trimDecision(decision, kept)),
  })
