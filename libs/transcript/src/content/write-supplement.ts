import { shownDay } from '@emrex-gateway/core'
import type { DiplomaSupplement, DiplomaSupplementSection, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { oneLine } from '../fonts/printable-text.js'
import { attachmentItems } from './attachment-items.js'
import { chosenText, type Content } from './content.js'
import { wordsOfHtml, wordsOfXml } from './plain-words.js'

/** A diploma supplement with its sections, as far as they are text. */
export function writeSupplement(
  los: LearningOpportunitySpecification,
  supplement: DiplomaSupplement,
  content: Content,
  level: 3 | 5,
): void {
  const { writer, words } = content
  const { lang, version, issueDate, introduction, section } = supplement
  const title = chosenText(los.title, content)?.text ?? words.result.untitled
  writer.heading(level, { text: words.supplement.heading(title) })
  writer.paragraph({ text: words.supplement.facts(oneLine(version), shownDay(oneLine(issueDate))) })
  writer.paragraph({ text: wordsOfXml(introduction) ?? wordsOfHtml(introduction), lang })
  for (const one of section) writeSection(one, level + 1, lang, content)
}

function writeSection(
  section: DiplomaSupplementSection,
  level: number,
  lang: string | undefined,
  content: Content,
): void {
  const { writer, words } = content
  writer.heading(Math.min(level, 6) as 4 | 5 | 6, { text: `${section.number} ${section.title}`, lang })
  const { type = 'text/plain', value = '' } = section.content ?? {}
  if (/^\s*(text\/)?(html|xml)\b|xhtml/i.test(type)) writer.paragraph({ text: wordsOfHtml(value), lang })
  else if (/^\s*(text\/.*)?$/i.test(type)) writer.paragraph({ text: value, lang })
  else if (value.trim() !== '') writer.paragraph({ text: words.supplement.otherContent(oneLine(type)) })
  for (const text of section.additionalInformation ?? []) writer.paragraph({ text, lang })
  writer.list(attachmentItems(section.attachment ?? [], content))
  for (const one of section.section ?? []) writeSection(one, level + 1, lang, content)
}
