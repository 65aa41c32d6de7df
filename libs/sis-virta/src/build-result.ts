import { calendarDay, decimalText, langString, plainTextOfHtml, xmlText, type Notice } from '@emrex-gateway/core'
import type {
  Credit,
  GradingScheme,
  Identifier,
  LangString,
  LearningOpportunityInstance,
  LearningOpportunitySpecification,
} from '@emrex-gateway/elmo'
import { attribute, child, children, childText, text, type AnswerPart } from './answer-parts.js'
import { buildGrade } from './build-grade.js'

export interface BuiltResult {
  readonly specification: LearningOpportunitySpecification
  readonly scheme?: GradingScheme
}

/** One `Opintosuoritus` as ELMO, without its parts. The table in README.md is this, field by field. */
export function buildResult(result: AnswerPart, notices: Notice[]): BuiltResult {
  const code = xmlText(attribute(result, 'koulutusmoduulitunniste'))
  const note = (notice: string) => notices.push({ notice, ...(code === undefined ? {} : { detail: code }) })
  const title = textsOf(result, 'Nimi', xmlText)
  if (title.length === 0) note('title-missing')
  const type = typeOf(result)
  if (type === undefined) note('type-unknown')
  const identifier = identifiersOf(result, code)
  if (code === undefined) note('code-missing')
  const recognisedOn = calendarDay(childText(result, 'HyvaksilukuPvm'))
  if (childText(result, 'HyvaksilukuPvm') !== undefined) note('recognised-elsewhere')
  const description = descriptionOf(result, recognisedOn)
  const { scheme, ...grade } = buildGrade(child(result, 'Arvosana'), code, notices)
  return {
    specification: {
      ...(identifier.length > 0 ? { identifier } : {}),
      title: title.length > 0 ? title : [{ value: code ?? '' }],
      ...(type === undefined ? {} : { type }),
      ...(description.length > 0 ? { description } : {}),
      instance: {
        ...keyOf(result),
        ...dateOf(result, note),
        // VIRTA takes completed studies alone (its lists of grades have no failing ones).
        ...(grade.isDoubtful === true ? {} : { status: 'passed' as const }),
        ...(scheme === undefined ? {} : { gradingSchemeLocalId: scheme.localId }),
        ...(grade.label === undefined ? {} : { resultLabel: grade.label }),
        ...creditsOf(result, note),
        ...languageOf(result, note),
      },
    },
    ...(scheme === undefined ? {} : { scheme }),
  }
}

type Part = Partial<LearningOpportunityInstance>
type Note = (notice: string) => void

/** `Laji`: 1 is a degree, 2 another study; one that contains others is what ELMO calls a module. */
function typeOf(result: AnswerPart): string | undefined {
  const kind = childText(result, 'Laji')
  if (kind === '1') return 'Degree Programme'
  if (kind !== '2') return undefined
  return children(result, 'Sisaltyvyys').length > 0 ? 'Module' : 'Course'
}

/** Codes are opaque, inner blanks and all. Those who know the Finnish NCP look for them under the name of the attribute. */
function identifiersOf(result: AnswerPart, code: string | undefined): Identifier[] {
  const national = xmlText(attribute(result, 'valtakunnallinenKoulutusmoduulitunniste'))
  return [
    ...(code === undefined
      ? []
      : [
          { type: 'local', value: code },
          { type: 'koulutusmoduulitunniste', value: code },
        ]),
    ...(national === undefined ? [] : [{ type: 'valtakunnallinenKoulutusmoduulitunniste', value: national }]),
  ]
}

/** The key of the result; unique at its institution. */
function keyOf(result: AnswerPart): Part {
  const key = xmlText(attribute(result, 'avain'))
  return key === undefined ? {} : { identifier: [{ type: 'avain', value: key }] }
}

function dateOf(result: AnswerPart, note: Note): Part {
  const written = childText(result, 'SuoritusPvm')
  const date = calendarDay(written)
  if (date === undefined) note(written === undefined ? 'date-missing' : 'date-unreadable')
  return date === undefined ? {} : { date }
}

/** `Opintopiste` is ECTS one to one; the study week that was before it has no exact factor. */
function creditsOf(result: AnswerPart, note: Note): Part {
  const laajuus = child(result, 'Laajuus')
  const credit = [
    ['Opintopiste', 'ects'],
    ['Opintoviikko', 'opintoviikko'],
  ].flatMap(([name = '', scheme = '']): Credit[] => {
    const written = childText(laajuus, name)
    if (written === undefined) return []
    const value = decimalText(written)
    if (value === undefined) note('credits-unreadable')
    return value === undefined ? [] : [{ scheme, value }]
  })
  if (credit.length > 0 && credit[0]!.scheme !== 'ects') note('unit-kept')
  return credit.length > 0 ? { credit } : {}
}

function languageOf(result: AnswerPart, note: Note): Part {
  const language = childText(result, 'Kieli')?.toLowerCase()
  if (language === undefined) return {}
  if (/^[a-z]{2}$/.test(language)) return { languageOfInstruction: language }
  note('language-unknown')
  return {}
}

/** What was said about it in public, that it was a thesis, and that it was studied elsewhere. */
function descriptionOf(result: AnswerPart, recognisedOn: string | undefined): LangString[] {
  const isThesis = ['1', 'true'].includes(childText(result, 'Opinnaytetyo') ?? '')
  const isRecognised = childText(result, 'HyvaksilukuPvm') !== undefined
  const day = recognisedOn === undefined ? '' : ` ${recognisedOn}`
  return [
    ...textsOf(result, 'JulkinenLisatieto', (written) => written && plainTextOfHtml(written)),
    ...(isThesis ? [langString('Opinnäytetyö.', 'fi'), langString('Thesis.', 'en')] : []),
    ...(isRecognised
      ? [
          langString(`Hyväksiluettu muualla suoritettujen opintojen perusteella${day}.`, 'fi'),
          langString(`Recognised on the basis of studies elsewhere${day && ` on${day}`}.`, 'en'),
        ]
      : []),
  ]
}

/** The texts of a field that comes once for each language; one that only repeats another is left out. */
function textsOf(
  result: AnswerPart,
  name: string,
  clean: (written: string | undefined) => string | undefined,
): LangString[] {
  const texts: LangString[] = []
  for (const each of children(result, name)) {
    const value = clean(text(each))
    if (value !== undefined && value !== '' && !texts.some((known) => known.value === value))
      texts.push(langString(value, attribute(each, 'kieli')))
  }
  return texts
}
