import { createHash } from 'node:crypto'
import { calendarDay, decimalText, xmlText, type Notice } from '@emrex-gateway/core'
import type { Identifier, LearningOpportunityInstance, Level } from '@emrex-gateway/elmo'
import type { FsResult, FsWeight } from './fs-answers.js'
import type { FsSettings } from './fs-settings.js'
import { isPart } from './part-of-course.js'
import { nameIn } from './texts-of-names.js'

type Part = Partial<LearningOpportunityInstance>

/** What is told of a result, and where what was left out goes. */
export interface Telling {
  readonly settings: FsSettings
  readonly notices: Notice[]
  /** Course code for notices. */
  readonly about: string | undefined
}

export const notice = ({ notices, about }: Telling, code: string): void =>
  void notices.push({ notice: code, ...(about === undefined ? {} : { detail: about }) })

/** The result, the same each time it is read. A hash: the ids of FS may be made of its numbers of people. */
export const keyOf = (id: string): Identifier => ({
  type: 'x-fs',
  value: createHash('sha256').update(id).digest('base64url').slice(0, 22),
})

/** What came of a result: date, term, status, grade, distribution, credits, level, language. */
export function buildInstance(result: FsResult, telling: Telling): LearningOpportunityInstance {
  const { id, tidspunktOpprettet, vurderingsresultatstatus, gjeldendeVekting, emne } = result
  const date = telling.settings.resultDate === 'recorded' ? calendarDay(tidspunktOpprettet) : undefined
  const passed = vurderingsresultatstatus?.bestatt
  return {
    identifier: [keyOf(id)],
    ...(date === undefined ? {} : { date }),
    ...term(result, telling),
    // What FS does not say stays unsaid; the core gives no result without a status.
    ...(passed === undefined ? {} : { status: passed ? 'passed' : 'failed' }),
    ...grade(result, telling),
    ...distribution(result, telling),
    // Whatever stands at a part is the weight of its whole, and would count twice.
    ...(isPart(result) ? {} : credits(gjeldendeVekting, telling)),
    ...level(emne.studieniva?.eqfnivakode, telling),
    ...language(result),
  }
}

/** FS gives year and code of a term; its days come from the settings. */
function term({ vurderingsenhet }: FsResult, telling: Telling): Part {
  const { arstall: year, betegnelse } = vurderingsenhet?.terminPeriode?.sluttTermin ?? {}
  const code = xmlText(betegnelse?.kode)
  if (year === undefined || code === undefined) return {}
  const known = telling.settings.terms.find((one) => plain(one.code) === plain(code))
  const start = known && calendarDay(`${year}-${known.start}`)
  // A term may end in the next year.
  const end = known && calendarDay(`${known.end < known.start ? year + 1 : year}-${known.end}`)
  if (start === undefined || end === undefined) {
    notice(telling, 'term-incomplete')
    return {}
  }
  const title = [{ value: `${year} ${code}`, lang: 'nb' }]
  if (known?.english !== undefined) title.push({ value: `${known.english} ${year}`, lang: 'en' })
  return { academicTerm: { title, start, end } }
}

/** HØST, Høst and HOST are one. */
const plain = (code: string): string => code.toUpperCase().replaceAll('Ø', 'O').replaceAll('Å', 'A')

function grade({ karakter }: FsResult, telling: Telling): Part {
  const label = nameIn(telling.settings.gradeLanguage, karakter?.navn) ?? decimalText(karakter?.tall)
  if (label === undefined) notice(telling, 'grade-missing')
  const rule = karakter?.regel?.kode
  return {
    ...(rule === undefined ? {} : { gradingSchemeLocalId: schemeOf(rule) }),
    ...(label === undefined ? {} : { resultLabel: label }),
  }
}

export const schemeOf = (rule: number): string => `FS-${rule}`

/** Counts of A to E, and F from those who failed; where enough people stand behind it that nobody can be told from it. */
function distribution({ vurderingsenhet }: FsResult, telling: Telling): Part {
  const { karakterFordeling: letters, antallStryk } = vurderingsenhet?.resultatfordeling ?? {}
  const counted = ['A', 'B', 'C', 'D', 'E'].map((label) => ({ label, count: letters?.[`antall${label}`] ?? undefined }))
  if (counted.every(({ count }) => count === undefined)) return {}
  const category = [...counted, { label: 'F', count: antallStryk }].flatMap(({ label, count }) =>
    count === undefined ? [] : { label, count },
  )
  const areCounts = category.every(({ count }) => Number.isSafeInteger(count) && count >= 0)
  const people = category.reduce((sum, { count }) => sum + count, 0)
  if (!areCounts || people < telling.settings.distributionMinPersons) {
    notice(telling, 'distribution-left-out')
    return {}
  }
  return { resultDistribution: { category: category.map(({ label, count }) => ({ label, count: String(count) })) } }
}

/**
 * Credits that count for this student: zero is legal (overlap), absent is unknown. Thirty in a semester are ECTS; any other
 * unit keeps its name and its number.
 */
export function credits(weight: FsWeight, telling: Telling): Part {
  if (weight?.verdi === undefined) return {}
  const value = decimalText(weight.verdi)
  const unit = xmlText(weight.vektingstype?.kode)
  const perSemester = decimalText(weight.vektingstype?.vektenheterPerSemester)
  const isEcts = perSemester === '30' || (perSemester === undefined && unit === 'SP')
  if (value === undefined || (!isEcts && unit === undefined)) {
    notice(telling, 'credits-unreadable')
    return {}
  }
  if (!isEcts) notice(telling, 'unit-kept')
  return { credit: [{ scheme: isEcts ? 'ects' : unit!, value }] }
}

export function level(eqf: number | undefined, telling: Telling): { level?: Level[] } {
  if (eqf === undefined) return {}
  if (/^[1-8]$/.test(String(eqf))) return { level: [{ type: 'EQF', value: String(eqf) }] }
  notice(telling, 'level-unknown')
  return {}
}

/** FS names the languages that a course is offered in: only where there is one, it is the one that was used. */
function language({ emne }: FsResult): Part {
  const offered = emne.sprakvalg
    .filter(({ tilbysSomUndervisningssprak }) => tilbysSomUndervisningssprak === true)
    .map(({ sprak }) => sprak?.iso6391Kode?.toLowerCase())
  const [only, ...more] = new Set(offered)
  return only !== undefined && more.length === 0 && /^[a-z]{2}$/.test(only) ? { languageOfInstruction: only } : {}
}
