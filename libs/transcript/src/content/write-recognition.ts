import { shownDay } from '@emrex-gateway/core'
import type { Mapping, Report, ResultOfRecognition } from '@emrex-gateway/elmo'
import { oneLine } from '../fonts/printable-text.js'
import { attachmentNames } from './attachment-items.js'
import { chosenText, type Content } from './content.js'
import { fact, writeFacts } from './fact-table.js'
import { issuerName, writeAppended, writeGrading } from './write-report.js'
import { writeResults } from './write-results.js'

/** A recognition decision: what was recognised, and as what. */
export async function writeRecognition(
  decision: ResultOfRecognition,
  { issuer, gradingScheme: ownSchemes = [] }: Report,
  content: Content,
): Promise<void> {
  const { writer, words } = content
  writer.heading(3, chosenText(decision.title, content) ?? { text: words.recognition.heading })
  await writeFacts(writer, [
    ...fact(words.recognition.status, decision.status),
    ...fact(words.recognition.date, shownDay(decision.decisionDate ?? '')),
    ...fact(words.result.subject, decision.subjectArea),
    ...fact(words.result.isced, decision.iscedCode),
    ...fact(words.result.description, chosenText(decision.description, content)),
    ...(decision.recognitionMapping ?? []).flatMap((mapping) =>
      fact(words.recognition.mapping, mappingText(mapping, content)),
    ),
    ...fact(words.recognition.attachments, attachmentNames(decision.attachments?.ref, content)),
  ])
  for (const basis of decision.recognitionBasis ?? []) {
    const { issuer: origin, gradingScheme: schemes = [], learningOpportunitySpecification: recognised = [] } = basis
    writer.heading(4, { text: words.recognition.basis(issuerName(origin, content).text) })
    await writeResults(content, recognised, { country: origin.country, schemes })
    writeGrading(basis, content, 5)
    writeAppended(basis, content, 5)
    if ((basis.resultOfRecognition ?? []).length > 0) writer.paragraph({ text: words.recognition.nested })
  }
  const results = decision.recognitionResult ?? []
  if (results.length === 0) return
  writer.heading(4, { text: words.recognition.result })
  await writeResults(content, results, { country: issuer.country, schemes: ownSchemes })
  writeAppended({ learningOpportunitySpecification: results }, content, 5)
}

/** By the codes that stand in the two tables. */
function mappingText({ fromMapping = [], toMapping = [] }: Mapping, { words }: Content): string {
  const [from, to] = [fromMapping, toMapping].map((refs) => oneLine(refs.flat().join(', ')))
  return from === '' && to === '' ? '' : words.recognition.mappingText(from || '–', to || '–')
}
