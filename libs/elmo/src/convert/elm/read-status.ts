import type { ElmAt, ElmReading } from './elm-reading.js'
import { concepts } from './elm-vocabulary.js'

type Verdict = 'passed' | 'failed'

/** What a status is called, in small letters. Only the whole label counts: "Passing not reached" begins like a pass. */
const words: Readonly<Record<Verdict, readonly string[]>> = {
  passed: ['pass', 'passed', 'bestanden', 'bestått', 'bestået', 'godkänd', 'hyväksytty'],
  failed: [
    ...['fail', 'failed', 'not pass', 'not passed', 'nicht bestanden', 'ikke bestått', 'ikke bestået', 'icke godkänd'],
    ...['underkänd', 'hylätty'],
  ],
}

function verdictOf(label: string): Verdict | undefined {
  const word = label.trim().replace(/\s+/g, ' ').toLowerCase()
  return (['passed', 'failed'] as const).find((verdict) => words[verdict].includes(word))
}

const isEnglish = (lang: string | undefined): boolean => lang === undefined || /^en(-|$)/i.test(lang)

function readConcept(at: ElmAt, reading: ElmReading): Verdict | undefined {
  const id = reading.id(at)
  const texts = reading.texts(at, 'prefLabel')
  // A word where a concept belongs arrives as the address of one.
  const labels = texts.length === 0 && !/[:/]/.test(id) ? [{ value: id }] : texts
  const isKnown = id === concepts.passed
  const verdicts = new Set(labels.flatMap(({ value }) => verdictOf(value) ?? []))
  if (isKnown) verdicts.add('passed')
  // A label in English or in no language that cannot be read may say more than its translations.
  const isClear = labels.every(({ lang, value }) => !isEnglish(lang) || verdictOf(value) !== undefined)
  return verdicts.size === 1 && (isKnown || isClear) ? [...verdicts][0] : undefined
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/**
 * The status of an assessment; undefined when it says nothing about it. What cannot be read may well say that it was not
 * passed: it counts as in progress, which gives no credits, and is named.
 */
export function readStatus(at: ElmAt, place: string, reading: ElmReading): string | undefined {
  if (isEmpty(at.node['gradeStatus'])) return undefined
  const concept = reading.one(at, 'gradeStatus')
  const verdict = concept && readConcept(concept, reading)
  if (verdict !== undefined) return verdict
  if (concept !== undefined) reading.report.add('ELM_NOT_READ', concept.path)
  reading.report.add('STATUS_NOT_READABLE', place)
  return 'in-progress'
}
