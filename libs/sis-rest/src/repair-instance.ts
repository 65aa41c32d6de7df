import { decimalText, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunityInstance } from '@emrex-gateway/elmo'
import { dayOf } from './day-of.js'
import type { RestSettings } from './rest-settings.js'

export type InstanceRules = Pick<RestSettings, 'statusByGrade' | 'withoutStatus'>

type Detail = Pick<Notice, 'detail'>
type Part = Partial<LearningOpportunityInstance>

const creditLevels: readonly (string | undefined)[] = ['Bachelor', 'Master', 'PhD']
const fewPeople = 5

/** What came of it, repaired; see `repairReport`. */
export function repairInstance(
  instance: LearningOpportunityInstance,
  rules: InstanceRules,
  detail: Detail,
  notices: Notice[],
): LearningOpportunityInstance {
  const told: Told = (notice, what) => notices.push({ notice, ...(what === undefined ? detail : { detail: what }) })
  const { date, start, academicTerm, status, resultLabel, credit, level, ...more } = instance
  const { languageOfInstruction, engagementHours, resultDistribution, ...rest } = more
  return {
    ...rest,
    ...repairDay('start', start, told),
    ...repairDay('date', date, told),
    ...repairTerm(academicTerm, told),
    ...repairStatus(status, resultLabel, rules, told),
    ...(resultLabel === undefined || resultLabel === '' ? {} : { resultLabel }),
    ...repairDistribution(resultDistribution, told),
    ...repairCredit(credit, told),
    ...repairLevel(level, told),
    ...repairLanguage(languageOfInstruction, told),
    ...repairHours(engagementHours, told),
  }
}

/** Of a repair it says which kind, of a loss which course. */
type Told = (notice: string, what?: string) => void

function repairDay(field: 'start' | 'date', written: string | undefined, told: Told): Part {
  if (written === undefined || written === '') return {}
  const day = dayOf(written)
  if (day !== written) {
    if (day === undefined) told('date-unreadable')
    else told('repaired', 'date')
  }
  return day === undefined ? {} : { [field]: day }
}

/** ELMO wants a term with both its ends, so half a term is left out whole. */
function repairTerm(term: LearningOpportunityInstance['academicTerm'], told: Told): Part {
  if (term === undefined) return {}
  const [start, end] = [dayOf(term.start), dayOf(term.end)]
  if (start !== undefined && end !== undefined && start <= end) return { academicTerm: { ...term, start, end } }
  told('term-incomplete')
  return {}
}

/** Without a status a reader would take a result for passed; so only the lists of the settings can say what a grade means. */
function repairStatus(
  written: string | undefined,
  grade: string | undefined,
  { statusByGrade: { passed, failed }, withoutStatus }: InstanceRules,
  told: Told,
): Part {
  const status = written?.trim().toLowerCase() ?? ''
  if (status !== '') return { status }
  const isFailed = grade !== undefined && failed.includes(grade)
  const isPassed = !isFailed && ((grade !== undefined && passed.includes(grade)) || withoutStatus === 'passed')
  if (!isFailed && !isPassed) return {}
  told('repaired', 'status')
  return { status: isFailed ? 'failed' : 'passed' }
}

function repairDistribution(distribution: LearningOpportunityInstance['resultDistribution'], told: Told): Part {
  if (distribution === undefined) return {}
  const people = distribution.category.reduce((sum, { count }) => sum + Number(count), 0)
  if (people >= fewPeople) return { resultDistribution: distribution }
  told('distribution-left-out')
  return {}
}

function repairCredit(credits: LearningOpportunityInstance['credit'], told: Told): Part {
  const credit = (credits ?? []).flatMap(({ scheme, value: written, level }) => {
    const value = decimalText(written?.trim())
    if (value === undefined) {
      if (written !== undefined && written !== '') told('credits-unreadable')
      return []
    }
    if (value !== written) told('repaired', 'credits')
    const isEcts = scheme.trim().toLowerCase() === 'ects'
    if (isEcts && scheme !== 'ects') told('repaired', 'credit scheme')
    if (!isEcts) told('unit-kept')
    const isLevel = creditLevels.includes(level)
    if (level !== undefined && !isLevel) told('level-unknown')
    return [{ scheme: isEcts ? 'ects' : scheme, value, ...(isLevel && level !== undefined ? { level } : {}) }]
  })
  return credit.length === 0 ? {} : { credit }
}

function repairLevel(levels: LearningOpportunityInstance['level'], told: Told): Part {
  const level = (levels ?? []).filter(({ type, value }) => type !== '' && value !== '-' && value !== '')
  if (level.length < (levels ?? []).length) told('level-unknown')
  return level.length === 0 ? {} : { level }
}

function repairLanguage(written: string | undefined, told: Told): Part {
  if (written === undefined || written === '') return {}
  const language = written.toLowerCase()
  if (/^[a-z]{2}$/.test(language)) return { languageOfInstruction: language }
  told('language-unknown')
  return {}
}

function repairHours(written: string | undefined, told: Told): Part {
  if (written === undefined || written.trim() === '') return {}
  const hours = decimalText(written.trim())
  if (hours === undefined) told('hours-unreadable')
  return hours === undefined ? {} : { engagementHours: hours }
}
