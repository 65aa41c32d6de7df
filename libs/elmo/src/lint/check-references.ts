import { collapse } from '../document/check-value.js'
import type { ElmoProblem } from '../elmo-error.js'
import type { Attachment, Elmo, LearningOpportunitySpecification } from '../model.js'
import { pathOf, type Place } from '../document/place.js'

const attachmentIds = (attachments: readonly Attachment[] = []): string[] =>
  attachments.flatMap(({ identifier = [] }) => identifier.map(({ value }) => collapse(value ?? '')))

interface Known {
  readonly schemes: ReadonlySet<string>
  readonly attachments: ReadonlySet<string>
}

function checkOpportunity(los: LearningOpportunitySpecification, at: Place, known: Known, found: ElmoProblem[]): void {
  const specifies = { parent: at, name: 'specifies', depth: at.depth + 1 }
  const instance = { parent: specifies, name: 'learningOpportunityInstance', depth: at.depth + 2 }
  const { gradingSchemeLocalId: scheme, attachments } = los.instance ?? {}
  if (scheme !== undefined && !known.schemes.has(collapse(scheme))) {
    const message = 'gradingSchemeLocalId names no gradingScheme of its report'
    found.push({ rule: 'LOI-SCHEME-REF', message, path: pathOf(instance) })
  }
  if (attachments?.ref?.some((ref) => !known.attachments.has(collapse(ref)))) {
    const message = 'attachments/ref names no attachment of the document'
    found.push({ rule: 'LOI-ATT-REF', message, path: pathOf(instance) })
  }
  los.parts?.forEach((part, index) => {
    const hasPart = { parent: at, name: 'hasPart', index: index + 1, depth: at.depth + 1 }
    const below = { parent: hasPart, name: 'learningOpportunitySpecification', depth: at.depth + 2 }
    checkOpportunity(part, below, known, found)
  })
}

/**
 * References that lead nowhere: to a grading scheme of the same report, to an attachment of the document.
 *
 * Spec: annotations of `gradingSchemeLocalId` and `attachments/ref`, ELMO 1.7.0.
 */
export function checkReferences(elmo: Elmo): ElmoProblem[] {
  const found: ElmoProblem[] = []
  const root: Place = { name: 'elmo', depth: 1 }
  const attachments = new Set(
    [elmo, ...(elmo.reports ?? [])].flatMap((holder) =>
      attachmentIds('reports' in holder ? holder.attachments : holder.attachment),
    ),
  )
  elmo.reports?.forEach((report, reportIndex) => {
    const at = { parent: root, name: 'report', index: reportIndex + 1, depth: 2 }
    const schemes = new Set(report.gradingScheme?.map(({ localId }) => collapse(localId ?? '')))
    report.learningOpportunitySpecification?.forEach((los, index) => {
      const below = { parent: at, name: 'learningOpportunitySpecification', index: index + 1, depth: 3 }
      checkOpportunity(los, below, { schemes, attachments }, found)
    })
  })
  return found
}
