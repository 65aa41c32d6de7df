import type { Outcome } from '../../../population/index.js'

/** A text in the languages of FS; absent is null there. */
export interface FsTexts {
  readonly nb?: string
  readonly nn?: string
  readonly en?: string
  readonly se?: string
}

/** A competence proof as the stand-in keeps it; `fsProof` gives it the shape of the interface. */
export interface FsRecord {
  readonly id: string
  readonly kind: 'result' | 'degree' | 'course-set'
  /** Id of the proof that this one belongs to. */
  readonly parent?: string
  readonly valid?: false
  /** `null`: FS does not say. */
  readonly announced?: boolean | null
  readonly passed?: boolean | null
  readonly code?: string
  readonly version?: string
  readonly names: FsTexts
  /** A part of the course: its code and its name. */
  readonly part?: { readonly code: string; readonly names: FsTexts; readonly onTranscript?: false }
  readonly weight?: { readonly value: number; readonly type: string; readonly perSemester: number }
  readonly grade?: { readonly names: FsTexts; readonly number?: number; readonly rule?: number }
  readonly term?: { readonly year: number; readonly code: string }
  /** Of a degree. */
  readonly date?: string
  /** When it was entered, with a time. */
  readonly recordedAt?: string
  readonly eqf?: number
  readonly teachingLanguages?: readonly string[]
  readonly counts?: Readonly<Partial<Record<'A' | 'B' | 'C' | 'D' | 'E' | 'F', number>>>
  readonly theses?: readonly { readonly title: string; readonly language: string }[]
  /** Paragraphs of the description of the course, with markup. */
  readonly paragraphs?: readonly FsParagraph[]
  readonly isced?: string
  readonly url?: string
  /** Code of the institution that answers for it, where it is not the one that is asked. */
  readonly institution?: string
  /** The institution of that time, where it has since become part of another. */
  readonly formerInstitution?: string
}

export interface FsParagraph {
  readonly category: string
  readonly html: string
  readonly language: string
  /** Since when it holds. */
  readonly year?: number
  readonly order?: number
}

export interface FsStudent {
  readonly number: string
  /** FS' own number of the person at this institution. */
  readonly serial: string
  readonly given: string
  readonly family: string
  readonly birthDate: string
  readonly woman: boolean
  /** Eleven digits; FS makes them up for who has none. */
  readonly elevenDigits: string
  readonly feide: string
  readonly email?: string
  readonly esi?: string
  readonly protected?: true
  readonly records: readonly FsRecord[]
}

export const fsGrades: Readonly<Partial<Record<Outcome, { readonly names: FsTexts; readonly rule: number }>>> = {
  excellent: { names: { nb: 'A', nn: 'A', en: 'A' }, rule: 30 },
  good: { names: { nb: 'C', nn: 'C', en: 'C' }, rule: 30 },
  sufficient: { names: { nb: 'E', nn: 'E', en: 'E' }, rule: 30 },
  fail: { names: { nb: 'F', nn: 'F', en: 'F' }, rule: 30 },
  pass: { names: { nb: 'Bestått', nn: 'Greidd', en: 'Passed', se: 'Ceavzán' }, rule: 35 },
}

/** Study points: sixty in a year, as in ECTS. */
export const studyPoints = (value: number) => ({ value, type: 'SP', perSemester: 30 })
/** The credits of before 2003: twenty in a year. */
export const oldCredits = (value: number) => ({ value, type: 'VT', perSemester: 10 })

/** The texts under the new and under the old names of their languages; the schema says which there are. */
export const inBothFamilies = ({ nb, nn, en, se }: FsTexts) => ({
  ...{ nb: nb ?? null, nn: nn ?? null, en: en ?? null, se: se ?? null },
  ...{ nob: nb ?? null, nno: nn ?? null, eng: en ?? null, sme: se ?? null },
})
