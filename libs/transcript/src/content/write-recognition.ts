import { shownDay } from '@emrex-gateway/core'
import type { Issuer, ResultOfRecognition } from '@emrex-gateway/elmo'
import { chosenText, type Content } from './content.js'
import { fact, writeFacts } from './fact-table.js'
import { issuerName } from './write-report.js'
import { writeResults } from './write-results.js'

/** A recognition decision: what was recognised, and as what. */
export async function writeRecognition(decision: ResultOfRecognition, issuer: Issuer, content: Content): Promise<void> {
  const { writer, words } = content
  writer.heading(3, chosenText(decision.title, content) ?? { text: words.recognition.heading })
  await writeFacts(writer, [
    ...fact(words.recognition.status, decision.status),
    ...fact(words.recognition.date, shownDay(decision.decisionDate ?? '')),
    ...fact(words.result.subject, decision.subjectArea),
    ...fact(words.result.isced, decision.iscedCode),
    ...fact(words.result.description, chosenText(decision.description, content)),
  ])
  for (const basis of decision.recognitionBasis ?? []) {
    const name = issuerName(basis.issuer, content)
    const schemes = basis.gradingScheme ?? []
    writer.heading(4, { text: words.recognition.basis(name.text) })
    await writeResults(content, basis.learningOpportunitySpecification ?? [], {
      country: basis.issuer.country,
      schemes,
    })
    if ((basis.resultOfRecognition ?? []).length > 0) writer.paragraph({ text: words.recognition.nested })
  }
  const results = decision.recognitionResult ?? []
  if (results.length === 0) return
  writer.heading(4, { text: words.recognition.result })
  await writeResults(content, results, { country: issuer.country, schemes: [] })
}
