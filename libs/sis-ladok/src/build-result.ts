import type { LangString, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { languageTexts, xmlText, type Notice } from '@emrex-gateway/core'
import { buildInstance } from './build-instance.js'
import type { CourseRecord, ModuleRecord, Names, ParticipationRecord, ResultRecord } from './ladok-records.js'
import { namesOf } from './names-of.js'
import type { ReferenceData } from './reference-data.js'

/** What stands around a result and is not in its row. */
export interface ResultContext {
  readonly reference: ReferenceData
  readonly details?: CourseRecord | undefined
  readonly module?: ModuleRecord | undefined
  readonly participation?: ParticipationRecord | undefined
  /** Names of the programme that the course belongs to. */
  readonly programme?: Names | undefined
}

/**
 * One result as ELMO, without its parts; undefined, with a notice, where nothing says what it is called.
 */
export function buildResult(
  row: ResultRecord,
  type: 'Course' | 'Module',
  context: ResultContext,
  notices: Notice[],
): LearningOpportunitySpecification | undefined {
  const { details, module, participation } = context
  // A registration names the course, which says nothing about one of its modules.
  const course = type === 'Course' ? participation?.Utbildningsinformation : undefined
  const code = xmlText(row.Utbildningskod)
  const title = namesOf(
    ...[row.Benamningar, row.Benamning, details?.Benamningar],
    ...[module?.Benamningar, module?.Benamning, course?.Benamning, course?.Benamningar],
  )
  if (title.length === 0) {
    notices.push({ notice: 'title-missing', ...(code === undefined ? {} : { detail: code }) })
    return undefined
  }
  // What has no code is known to the person by its name.
  const name = code ?? title[0]!.value
  if (code === undefined) notices.push({ notice: 'code-missing', detail: name })
  const description = describe(row, name, context, notices)
  return {
    ...identifiers(code, row.UtbildningUID, row.UtbildningsinstansUID),
    title,
    type,
    ...(description.length === 0 ? {} : { description }),
    instance: buildInstance(row, context, notices),
  }
}

/** A course that is not finished: no grade, no credits, no date. */
export function buildUnfinishedCourse(
  { participation, details, programme }: ResultContext,
  kursUid: string | undefined,
): LearningOpportunitySpecification | undefined {
  const course = participation?.Utbildningsinformation
  const title = namesOf(course?.Benamning, course?.Benamningar, details?.Benamningar)
  if (title.length === 0) return undefined
  const code = xmlText(course?.Utbildningskod ?? details?.Utbildningskod)
  const description = programmeLines(programme)
  return {
    ...identifiers(code, kursUid ?? course?.UtbildningUID, course?.UtbildningsinstansUID),
    title,
    type: 'Course',
    ...(description.length === 0 ? {} : { description }),
    instance: { status: 'in-progress' },
  }
}

/** Receivers take a `local` identifier for the course code, so Ladok's own keys have types of their own. */
function identifiers(
  code: string | undefined,
  utbildning: string | undefined,
  instans: string | undefined,
): Pick<LearningOpportunitySpecification, 'identifier'> {
  const identifier = Object.entries({ local: code, 'ladok-utbildning': utbildning, 'ladok-instans': instans }).flatMap(
    ([type, value]) => (value === undefined ? [] : [{ type, value }]),
  )
  return identifier.length === 0 ? {} : { identifier }
}

function describe(row: ResultRecord, name: string, { programme }: ResultContext, notices: Notice[]): LangString[] {
  const lines: LangString[] = []
  const { Projekttitel: project, Tillgodoinformation: credited } = row
  if (credited !== null && credited !== undefined) {
    notices.push({ notice: 'recognised-elsewhere', detail: name })
    const amount = credited.HeltTillgodoraknad
      ? ''
      : [credited.Omfattningsvarde, credited.Enhetskod].filter((part) => part !== undefined).join(' ')
    lines.push(
      { lang: 'sv', value: amount === '' ? 'Tillgodoräknat' : `Delvis tillgodoräknat: ${amount}` },
      {
        lang: 'en',
        value:
          amount === ''
            ? 'Studied elsewhere and recognised here'
            : `Partly studied elsewhere and recognised here: ${amount}`,
      },
    )
  }
  const title = xmlText(project?.Titel)
  const other = xmlText(project?.AlternativTitel)
  if (title !== undefined || other !== undefined)
    lines.push(
      { lang: 'sv', value: `Arbetets titel: ${title ?? other!}` },
      { lang: 'en', value: `Title of the work: ${other ?? title!}` },
    )
  lines.push(...programmeLines(programme))
  return ['sv', 'en'].flatMap((lang) => {
    const value = lines.flatMap((line) => (line.lang === lang ? [line.value] : [])).join('\n')
    return value === '' ? [] : [{ lang, value }]
  })
}

function programmeLines(programme: Names | undefined): LangString[] {
  const names = languageTexts({ sv: programme?.['sv'], en: programme?.['en'] })
  if (names.length === 0) return []
  const name = (lang: string) => names.find((each) => each.lang === lang)?.value ?? names[0]!.value
  return [
    { lang: 'sv', value: `Ingår i: ${name('sv')}` },
    { lang: 'en', value: `Part of: ${name('en')}` },
  ]
}
