import { normaliseNationalId } from '@emrex-gateway/core'
import type { Outcome, Student, StudyResult } from '../../../population/index.js'
import { fsGrades, oldCredits, studyPoints, type FsRecord, type FsStudent, type FsTexts } from './fs-record.js'

/** A student of the population as FS holds them at one of two institutions; undefined: it does not know them. */
export function fsStudentOf(student: Student, seat: 'first' | 'second'): FsStudent | undefined {
  const results = student.results[seat]
  if (results === undefined) return undefined
  const { number, given, family, birthDate, gender, nationalId, email } = student
  return {
    number,
    serial: `8${number}`,
    given,
    family,
    birthDate,
    // FS knows two.
    woman: gender !== '1',
    elevenDigits: nationalId?.country === 'NO' ? nationalId.value : fictitiousNumber(birthDate),
    feide: `${student.id}@${seat}.example`,
    ...(email === undefined ? {} : { email }),
    ...(student.protected === undefined ? {} : { protected: true }),
    records: results.flatMap((result) => recordsOf(result, undefined)),
  }
}

/** Eleven digits in the form of a national number; the check digits are wrong, so it is nobody's. */
export function fictitiousNumber(birthDate: string): string {
  const [year, month, day] = birthDate.split('-')
  const start = `${day}${month}${year!.slice(2)}999`
  return ['00', '01'].map((end) => start + end).find((made) => normaliseNationalId('NO', made).warning !== undefined)!
}

function recordsOf(result: StudyResult, parent: FsRecord | undefined): FsRecord[] {
  const record = recordOf(result, parent)
  const parts = (result.parts ?? []).flatMap((part) => recordsOf(part, record))
  // There is no proof of what was studied elsewhere, nor of what has not ended; passed parts of it are proofs.
  if (result.recognised === true || result.outcome === 'in-progress') return parts
  const { earlier } = result
  return [
    ...(earlier === undefined ? [] : [{ ...record, id: `${record.id}-earlier`, valid: false as const, passed: false }]),
    record,
    ...parts,
  ]
}

function recordOf(result: StudyResult, parent: FsRecord | undefined): FsRecord {
  const { key, kind, outcome, credits, unit, term, level, language, distribution, html } = result
  const names = namesOf(result)
  const isPart = kind === 'module'
  const code = isPart ? parent?.code : result.code
  const grade = kind === 'degree' ? undefined : fsGrades[outcome]
  return {
    id: `proof-${key}`,
    kind: kind === 'degree' ? 'degree' : 'result',
    ...(parent === undefined ? {} : { parent: parent.id }),
    ...(outcome === 'withdrawn' ? { valid: false } : {}),
    announced: true,
    passed: outcome !== 'fail',
    ...(code === undefined ? {} : { code }),
    version: '1',
    names: isPart && parent !== undefined ? parent.names : names,
    ...(isPart ? { part: { code: result.code!, names } } : {}),
    ...(credits === undefined || isPart
      ? {}
      : { weight: unit === 'hours' ? oldCredits(Number(credits)) : studyPoints(Number(credits)) }),
    ...(grade === undefined ? {} : { grade }),
    term: term === '2023-autumn' ? { year: 2023, code: 'HØST' } : { year: 2024, code: 'VÅR' },
    date: result.date,
    recordedAt: `${result.date}T23:30:00+01:00`,
    ...(level === undefined ? {} : { eqf: level === 'bachelor' ? 6 : 7 }),
    ...(language === undefined ? {} : { teachingLanguages: [language] }),
    ...(distribution === undefined ? {} : { counts: countsOf(distribution) }),
    ...(html === undefined ? {} : { paragraphs: [{ category: 'INNHOLD', html, language: 'nb' }] }),
  }
}

const namesOf = ({ title, titleEnglish }: StudyResult): FsTexts => ({
  nb: title,
  ...(titleEnglish === undefined ? {} : { en: titleEnglish }),
})

const countsOf = (distribution: Readonly<Partial<Record<Outcome, number>>>) => {
  const { excellent: A, good: C, sufficient: E, fail: F } = distribution
  return Object.fromEntries(Object.entries({ A, C, E, F }).filter(([, count]) => count !== undefined))
}
