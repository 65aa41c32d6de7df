import { shownCountry } from '@emrex-gateway/core'
import type {
  GradingScheme,
  Issuer,
  LearningOpportunitySpecification,
  Report,
  ReportCompleteness,
} from '@emrex-gateway/elmo'
import { oneLine } from '../fonts/printable-text.js'
import { styles, type Text } from '../layout/page-writer.js'
import { chosenText, shownInstant, type Content } from './content.js'
import { fact, writeFacts } from './fact-table.js'
import { attachmentItems } from './attachment-items.js'
import { writeRecognition } from './write-recognition.js'
import { writeResults } from './write-results.js'
import { writeSupplement } from './write-supplement.js'

/** What an institution says of results, in its report or as the basis of a recognition. */
type Results = Pick<Report, 'learningOpportunitySpecification' | 'gradingScheme' | 'attachment'>

/** The name of an institution; where it has none, its address. */
export function issuerName(issuer: Issuer, content: Content): Text {
  const name = chosenText(issuer.title, content) ?? { text: issuer.url }
  return name.text.trim() === '' ? { text: content.words.report.untitled } : name
}

/** What the document says about the completeness of a report, in words. */
export function extentText({ extent, temporary }: ReportCompleteness, { words }: Content): string {
  const text = words.report.extents[extent]
  return temporary === true ? `${text} ${words.report.temporary}` : text
}

/** Everything that one institution says. */
export async function writeReport(report: Report, completeness: ReportCompleteness, content: Content): Promise<void> {
  const { writer, words } = content
  const { issuer } = report
  const message = chosenText(report.status?.message, content)
  writer.heading(2, issuerName(issuer, content))
  await writeFacts(writer, [
    ...fact(words.report.country, shownCountry(issuer.country ?? '', words.language)),
    ...issuer.identifier.flatMap(({ type, value }) => fact(words.report.identifier(oneLine(type)), value)),
    ...fact(words.report.address, issuer.url),
    ...fact(words.report.asOf, shownInstant(report.issueDate)),
    ...fact(words.report.extent, extentText(completeness, content)),
    ...fact('', message),
  ])
  const {
    learningOpportunitySpecification: results = [],
    gradingScheme: schemes = [],
    resultOfRecognition = [],
  } = report
  if (results.length > 0) {
    writer.heading(3, { text: words.report.results })
    await writeResults(content, results, { country: issuer.country, schemes })
  } else if (resultOfRecognition.length === 0) writer.paragraph({ text: words.report.noResults })
  writeGrading(report, content, 3)
  for (const decision of resultOfRecognition) await writeRecognition(decision, report, content)
  writeAppended(report, content, 3)
}

/** What explains the grades of a table of results: every scheme that its institution describes. */
export function writeGrading(
  { learningOpportunitySpecification = [], gradingScheme = [] }: Results,
  content: Content,
  level: 3 | 5,
): void {
  const { writer, words } = content
  if (gradingScheme.length > 0) {
    writer.heading(level, { text: words.report.schemes })
    writer.list(
      gradingScheme.map(({ localId, description }) => {
        const text = chosenText(description, content)
        return { text: `${oneLine(localId)}: ${text?.text ?? words.report.schemeUndescribed}`, lang: text?.lang }
      }),
    )
  }
  if (hasUnexplainedGrade(learningOpportunitySpecification, gradingScheme))
    writer.paragraph({ text: words.report.gradesUnexplained }, styles.small)
}

/** What goes with results: the supplements of diplomas, and attachments. */
export function writeAppended(
  { learningOpportunitySpecification = [], attachment = [] }: Results,
  content: Content,
  level: 3 | 5,
): void {
  const { writer, words } = content
  for (const { los, supplement } of supplementsOf(learningOpportunitySpecification))
    writeSupplement(los, supplement, content, level)
  if (attachment.length === 0) return
  writer.heading(level, { text: words.report.attachments })
  writer.list(attachmentItems(attachment, content))
}

/** Whether somebody reads a grade here of which the document says neither what it means nor how others did. */
function hasUnexplainedGrade(
  results: readonly LearningOpportunitySpecification[],
  schemes: readonly GradingScheme[],
): boolean {
  const described = new Set(
    schemes.flatMap(({ localId, description = [] }) =>
      description.some(({ value }) => value.trim() !== '') ? [localId] : [],
    ),
  )
  return results.some(({ instance, parts = [] }) => {
    const { resultLabel = '', gradingSchemeLocalId: id, gradingSchemeExternalId } = instance
    const explained =
      (id !== undefined && described.has(id)) ||
      gradingSchemeExternalId !== undefined ||
      instance.resultDistribution !== undefined ||
      instance.shortenedGrading !== undefined
    return (resultLabel.trim() !== '' && !explained) || hasUnexplainedGrade(parts, schemes)
  })
}

function supplementsOf(results: readonly LearningOpportunitySpecification[]) {
  const found: {
    readonly los: LearningOpportunitySpecification
    readonly supplement: NonNullable<LearningOpportunitySpecification['instance']['diplomaSupplement']>
  }[] = []
  const walk = (list: readonly LearningOpportunitySpecification[]) => {
    for (const los of list) {
      const supplement = los.instance.diplomaSupplement
      if (supplement !== undefined) found.push({ los, supplement })
      walk(los.parts ?? [])
    }
  }
  walk(results)
  return found
}
