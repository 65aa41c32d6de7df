import { calendarDay, decimalText, languageTexts, xmlText, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunityInstance } from '@emrex-gateway/elmo'
import type { CourseRecord, ParticipationRecord, ResultRecord } from './ladok-records.js'
import type { ReferenceData } from './reference-data.js'
import type { ResultContext } from './build-result.js'

type Part = Partial<LearningOpportunityInstance>

/** What came of it: date, term, status, grade, credits, level and language. */
export function buildInstance(
  row: ResultRecord,
  { reference, details, participation }: ResultContext,
  notices: Notice[],
): LearningOpportunityInstance {
  const detail = row.Utbildningskod === undefined ? {} : { detail: row.Utbildningskod }
  const date = calendarDay(row.Examinationsdatum)
  if (date === undefined)
    notices.push({ notice: row.Examinationsdatum === undefined ? 'date-missing' : 'date-unreadable', ...detail })
  return {
    ...(row.ResultatUID === undefined ? {} : { identifier: [{ type: 'ladok-resultat', value: row.ResultatUID }] }),
    ...(date === undefined ? {} : { date }),
    ...termOf(participation, notices),
    ...gradeOf(row, reference, notices),
    ...creditsOf(
      row.ExamineradOmfattning ?? row.Omfattningsvarde ?? row.Tillgodoinformation?.Omfattningsvarde,
      row.Enhetskod ?? row.Tillgodoinformation?.Enhetskod,
      reference,
      notices,
    ),
    ...levelOf(details, reference, notices),
    ...languageOf(details, reference, notices),
  }
}

/**
 * Whether it was passed is told by the scale ("valid as a final grade"), never by the letter. What was credited as a whole
 * has no grade of its own, and counts.
 */
function gradeOf(row: ResultRecord, { scales }: ReferenceData, notices: Notice[]): Part {
  const label = xmlText(row.Betygsgradskod)
  const detail = row.Utbildningskod === undefined ? {} : { detail: row.Utbildningskod }
  if (row.Tillgodoinformation?.HeltTillgodoraknad === true || (label === undefined && row.Tillgodoinformation))
    return { status: 'passed' }
  if (label === undefined) {
    notices.push({ notice: 'grade-missing', ...detail })
    return {}
  }
  const scale = scales.get(row.BetygsskalaID ?? '')
  if (scale === undefined) notices.push({ notice: 'grading-scheme-unknown', ...detail })
  const passes = scale?.Betygsgrader.find(({ Kod }) => Kod === label)?.GiltigSomSlutbetyg ?? undefined
  return {
    ...(passes === undefined ? {} : { status: passes ? 'passed' : 'failed' }),
    ...(scale?.ID === undefined ? {} : { gradingSchemeLocalId: scale.ID }),
    resultLabel: label,
  }
}

/** Zero credits are a statement; no credits are none. Only HP are ECTS; another unit keeps its name. */
export function creditsOf(
  written: string | undefined,
  unit: string | undefined,
  { ectsUnits }: Pick<ReferenceData, 'ectsUnits'>,
  notices: Notice[],
): Part {
  if (written === undefined) return {}
  const value = decimalText(written)
  const scheme = xmlText(unit)
  if (value === undefined || scheme === undefined) {
    notices.push({ notice: 'credits-unreadable' })
    return {}
  }
  if (ectsUnits.has(scheme)) return { credit: [{ scheme: 'ects', value }] }
  notices.push({ notice: 'unit-kept', detail: scheme })
  return { credit: [{ scheme, value }] }
}

/** ELMO wants a term with a name and both its ends. */
function termOf(participation: ParticipationRecord | undefined, notices: Notice[]): Part {
  const period = participation?.Registreringsperiod ?? undefined
  if (period === undefined) return {}
  const [start, end] = [calendarDay(period.Startdatum), calendarDay(period.Slutdatum)]
  const names = (participation?.Perioddeltaganden ?? []).flatMap(({ Periodbenamningar: { sv } }) => xmlText(sv) ?? [])
  const name = [...new Set([names[0], names.at(-1)])].filter((each) => each !== undefined).join('–')
  if (start === undefined || end === undefined || start > end || name === '') {
    notices.push({ notice: 'term-incomplete' })
    return {}
  }
  return { academicTerm: { title: languageTexts({ sv: name }), start, end } }
}

const attribute = (details: CourseRecord | undefined, name: string): string | undefined =>
  details?.Attributvarden.find(({ Namn }) => Namn?.endsWith(`.${name}`) === true)?.Varde

/** Levels within the study order: G… first cycle, A… second, and the third, which its Swedish name tells. */
function levelOf(details: CourseRecord | undefined, { levels }: ReferenceData, notices: Notice[]): Part {
  const value = attribute(details, 'nivainomstudieordning')
  if (value === undefined) return {}
  const level = levels.get(value)
  const code = level?.Kod ?? value
  const cycle = /^G[12X]/.test(code)
    ? (['Bachelor', '6'] as const)
    : /^A[12X]/.test(code)
      ? (['Master', '7'] as const)
      : /forskar/i.test(level?.Benamningar['sv'] ?? '')
        ? (['PhD', '8'] as const)
        : undefined
  if (cycle !== undefined)
    return {
      level: [
        { type: 'EQF', value: cycle[1] },
        { type: 'NQF', value: code },
      ],
    }
  notices.push({ notice: 'level-unknown', detail: code })
  return {}
}

/** Ladok's codes are those of ISO 639; ELMO wants the short ones. */
function languageOf(details: CourseRecord | undefined, { languages }: ReferenceData, notices: Notice[]): Part {
  const value = attribute(details, 'undervisningssprak')
  if (value === undefined) return {}
  const code = (languages.get(value)?.Kod ?? value).toLowerCase()
  const [short] = /^[a-z]{2,3}$/.test(code) ? Intl.getCanonicalLocales(code) : []
  if (short !== undefined && short.length === 2) return { languageOfInstruction: short }
  notices.push({ notice: 'language-unknown' })
  return {}
}
