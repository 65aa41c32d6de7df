import type { Outcome, Student, StudyResult } from '../../../population/index.js'

/** A person as VIRTA knows them. */
export interface VirtaStudent {
  /** Stem of the keys of their records. */
  readonly key: string
  /** The whole number, or the day of birth and the sign of the century where they have none. */
  readonly henkilotunnus: string
  readonly oppijanumero?: string
  readonly given?: string
  readonly family?: string
  readonly gender?: '1' | '2' | '9'
  /** By institution. One without results is a right to study. */
  readonly records: readonly { readonly institution: string; readonly results: readonly VirtaResult[] }[]
}

/** One `Opintosuoritus`. */
export interface VirtaResult {
  readonly key: string
  readonly code: string
  readonly kind: '1' | '2' | '3' | '4'
  readonly date: string
  /** `Opintopiste` and, beside it, `Opintoviikko`. */
  readonly credits: string
  readonly studyWeeks?: string
  readonly grade: VirtaGrade
  readonly names: readonly (readonly [language: string, name: string])[]
  readonly language?: string
  readonly parts?: readonly string[]
  readonly recognisedOn?: string
  readonly isThesis?: boolean
  readonly about?: readonly (readonly [language: string, text: string])[]
}

export type VirtaGrade =
  | {
      readonly scale: 'Viisiportainen' | 'ToinenKotimainen' | 'Hyvaksytty' | 'Naytetyo' | 'Tutkielma' | 'EiKaytossa'
      readonly code: string
    }
  | {
      readonly scale: 'Muu'
      readonly code: string
      readonly key: string
      readonly name?: string
      readonly steps: readonly { readonly key: string; readonly code: string; readonly name?: string }[]
    }

/** What VIRTA writes for an outcome; what is not passed is not delivered. */
export const virtaGrades: Readonly<Partial<Record<Outcome, string>>> = {
  excellent: '5',
  good: '3',
  sufficient: '1',
  pass: 'HYV',
}

/**
 * The Finnish number of somebody of the population: their own where it is Finnish, otherwise, where they have one of another
 * country, one that is made here of their birth date and 900, which the register gives to nobody for good.
 */
export function henkilotunnusOf({ birthDate, nationalId }: Student): string {
  if (nationalId?.country === 'FI') return nationalId.value
  const [year = '', month, day] = birthDate.split('-')
  const born = `${day}${month}${year.slice(2)}`
  const sign = year.startsWith('20') ? 'A' : '-'
  if (nationalId === undefined) return `${born}${sign}`
  return `${born}${sign}900${'0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(`${born}900`) % 31]}`
}

/** Their learner OID; those of people are far from zero. */
export const oppijanumeroOf = ({ number }: Student): string => `1.2.246.562.24.${number.padStart(11, '0')}`

/** Somebody of the population at one or two institutions. */
export function virtaStudent(student: Student, institutions: readonly string[]): VirtaStudent {
  const { first, second } = student.results
  const seats = [first, ...(second === undefined ? [] : [second])]
  return {
    key: student.key,
    henkilotunnus: henkilotunnusOf(student),
    oppijanumero: oppijanumeroOf(student),
    ...(student.given === '' ? {} : { given: student.given }),
    family: student.family,
    gender: student.gender,
    records: seats.map((results, seat) => ({
      institution: institutions[seat]!,
      results: results.flatMap(delivered),
    })),
  }
}

/** Completed studies with a code and credits: VIRTA asks for all three. A finished part of an unfinished course is one too. */
function delivered(result: StudyResult): VirtaResult[] {
  const parts = (result.parts ?? []).flatMap(delivered)
  const { code, credits, outcome } = result
  const isRefused = code === undefined || credits === undefined || result.unit !== undefined
  if (isRefused || virtaGrades[outcome] === undefined) return outcome === 'in-progress' ? parts : []
  const grade: VirtaGrade =
    result.recognised === true
      ? { scale: 'EiKaytossa', code: 'Arvosana ei kaytossa' }
      : { scale: outcome === 'pass' ? 'Hyvaksytty' : 'Viisiportainen', code: virtaGrades[outcome] }
  return [
    {
      key: result.key,
      code,
      kind: result.kind === 'degree' ? '1' : '2',
      date: result.date,
      credits,
      grade,
      names: [
        ['fi', result.title],
        ...(result.titleEnglish === undefined ? [] : [['en', result.titleEnglish] as const]),
      ],
      ...(result.language === undefined ? {} : { language: result.language }),
      parts: (result.parts ?? []).map(({ key }) => key),
      ...(result.recognised === true ? { recognisedOn: '2024-03-01' } : {}),
      ...(result.html === undefined ? {} : { about: [['fi', result.html]] }),
    },
    ...parts,
  ]
}
