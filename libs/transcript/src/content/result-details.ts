import { shownDay } from '@emrex-gateway/core'
import { resultLevel, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { oneLine } from '../fonts/printable-text.js'
import type { Text } from '../layout/page-writer.js'
import { attachmentNames } from './attachment-items.js'
import { chosenText, type Content } from './content.js'
import { wordsOfHtml } from './plain-words.js'
import type { ResultContext } from './write-results.js'

/** Longer descriptions are cut, with a word that they are. */
const longestDescription = 600

const named = (name: string, value: string | undefined): string[] => {
  const text = oneLine(value ?? '')
  return text === '' ? [] : [`${name}: ${text}`]
}

/** What a result says besides what has a column: a line of facts, then texts that explain. */
export function resultDetails(los: LearningOpportunitySpecification, content: Content, context: ResultContext): Text[] {
  const { instance } = los
  const words = content.words.result
  return [
    ...otherTitles(los, content),
    ...line([
      ...named(words.type, los.type),
      ...named(words.documentType, los.documentType),
      ...levels(los, content),
      ...named(words.started, shownDay(instance.start ?? '')),
      ...term(los, content),
      ...named(words.duration, instance.duration),
      ...named(words.language, instance.languageOfInstruction),
      ...named(words.hours, knownHours(instance.engagementHours)),
      ...named(words.subject, los.subjectArea),
      ...named(words.isced, los.iscedCode),
    ]),
    ...line([...schemes(los, content, context), ...group(los, content)]),
    ...distribution(los, content),
    ...enrolment(los, content),
    ...line(named(words.attachments, attachmentNames(instance.attachments?.ref, content))),
    ...description(los, content),
  ]
}

/** Some producers write a zero where they do not know. */
const knownHours = (hours: string | undefined): string | undefined => (Number(hours) === 0 ? undefined : hours)

const line = (facts: readonly string[]): Text[] => (facts.length === 0 ? [] : [{ text: facts.join(' · ') }])

function otherTitles(los: LearningOpportunitySpecification, content: Content): Text[] {
  const chosen = chosenText(los.title, content)
  return los.title
    .filter(({ value }) => value.trim() !== '' && value.trim() !== chosen?.text.trim())
    .map(({ value, lang }) => ({
      text: `${content.words.result.otherTitle}${lang === undefined ? '' : ` (${oneLine(lang)})`}: ${oneLine(value)}`,
      lang,
    }))
}

function levels(los: LearningOpportunitySpecification, content: Content): string[] {
  const words = content.words.result
  const stated = (los.instance.level ?? []).flatMap(({ type, value = '', description }) =>
    named(words.level, [type, value, description && `(${description.value})`].filter((part) => part).join(' ')),
  )
  const known = resultLevel(los)
  if (stated.length > 0 || known === undefined) return stated
  const credit = (los.instance.credit ?? []).find(({ level }) => level?.trim())
  return named(words.creditLevel, `${credit?.level ?? ''} (${words.eqf(known.eqf)})`)
}

function term({ instance }: LearningOpportunitySpecification, content: Content): string[] {
  const { academicTerm } = instance
  if (academicTerm === undefined) return []
  const title = chosenText(academicTerm.title, content)?.text ?? ''
  const { start, end } = academicTerm
  return named(content.words.result.term, `${title} (${shownDay(start)} – ${shownDay(end)})`)
}

function schemes({ instance }: LearningOpportunitySpecification, content: Content, context: ResultContext): string[] {
  const words = content.words.result
  const id = instance.gradingSchemeLocalId
  const scheme = context.schemes.find(({ localId }) => localId === id)
  const text = id === undefined ? undefined : (chosenText(scheme?.description, content)?.text ?? id)
  const short = text !== undefined && text.length > 60 ? id : text
  return [...named(words.scheme, short), ...named(words.externalScheme, instance.gradingSchemeExternalId)]
}

function group({ instance }: LearningOpportunitySpecification, content: Content): string[] {
  const { typeref, idref, value } = instance.grouping ?? {}
  if (instance.grouping === undefined) return []
  const type = content.elmo.groups?.find(({ id }) => id === typeref)
  const member = type?.group?.find(({ id }) => id === idref)
  const parts = [
    chosenText(type?.title, content)?.text ?? typeref,
    chosenText(member?.title, content)?.text ?? idref,
    value,
  ]
  return named(content.words.result.group, parts.filter((part) => part?.trim()).join(' – '))
}

function distribution({ instance }: LearningOpportunitySpecification, content: Content): Text[] {
  const words = content.words.result
  const { resultDistribution, shortenedGrading } = instance
  const categories = (resultDistribution?.category ?? []).map(
    ({ label, count }) => `${oneLine(label)}: ${oneLine(count)}`,
  )
  const explained = chosenText(resultDistribution?.description, content)
  return [
    ...(categories.length === 0 ? [] : [{ text: `${words.distribution}: ${categories.join(', ')}` }]),
    ...(explained === undefined ? [] : [{ ...explained, text: oneLine(explained.text) }]),
    ...(shortenedGrading === undefined
      ? []
      : [
          {
            text: words.percentages(
              oneLine(shortenedGrading.percentageLower),
              oneLine(shortenedGrading.percentageEqual),
              oneLine(shortenedGrading.percentageHigher),
            ),
          },
        ]),
  ]
}

function enrolment({ instance }: LearningOpportunitySpecification, content: Content): Text[] {
  const { enrolment: enrolled } = instance
  if (enrolled === undefined) return []
  const { enrolmentInstitution, enrolmentDate, academicYear } = enrolled
  const words = content.words.result
  const name = chosenText(enrolmentInstitution.title, content)?.text ?? enrolmentInstitution.url
  const day = (date: string) => shownDay(oneLine(date))
  return line([
    words.enrolment(oneLine(name), day(enrolmentDate)),
    // Both are empty where a document leaves it out.
    ...named(words.academicYear, [academicYear.start, academicYear.end].map(day).filter(Boolean).join(' – ')),
  ])
}

function description(los: LearningOpportunitySpecification, content: Content): Text[] {
  const plain = chosenText(los.description, content)
  const html = plain === undefined ? chosenText(los.descriptionHtml, content) : undefined
  const chosen = plain ?? (html && { ...html, text: wordsOfHtml(html.text) })
  if (chosen === undefined) return []
  const words = content.words.result
  const text = oneLine(chosen.text)
  const cut = text.length > longestDescription
  return [
    {
      text: `${words.description}: ${cut ? `${text.slice(0, longestDescription).replace(/\p{Cs}$/u, '')}${words.shortened}` : text}`,
      lang: chosen.lang,
    },
  ]
}
