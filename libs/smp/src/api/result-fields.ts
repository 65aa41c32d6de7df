import {
  birthDateOf,
  completenessOf,
  explainResults,
  pickText,
  type Elmo,
  type ExplainedResult,
} from '@emrex-gateway/elmo'

/** Everything of a document that a purpose can let out. What is on no list leaves under no purpose. */
export const resultFields = [
  'learner-name',
  'learner-birth-date',
  'institution',
  'degree-title',
  'degree-level',
  'degree-date',
  'credits-total',
  'results',
  'document',
] as const
export type ResultField = (typeof resultFields)[number]

/** Lists of fields for common purposes; the settings may name one of them, or list fields. */
export const fieldProfiles = {
  'proof-of-degree': ['learner-name', 'institution', 'degree-title', 'degree-level', 'degree-date'],
  'credits-total': ['institution', 'credits-total'],
  'whole-transcript': resultFields,
} as const satisfies Readonly<Record<string, readonly ResultField[]>>
export type FieldProfile = keyof typeof fieldProfiles

export interface DegreeFields {
  readonly title?: string
  /** Level of the European Qualifications Framework, "1" to "8". */
  readonly level?: string
  /** YYYY-MM-DD. */
  readonly date?: string
  /** Place in `institutions`. */
  readonly institution?: number
}

export interface CourseFields {
  readonly title?: string
  readonly code?: string
  readonly type?: string
  readonly ects?: string
  readonly grade?: string
  readonly date?: string
  readonly status: 'passed' | 'failed' | 'in-progress'
  /** Place in `institutions`. */
  readonly institution?: number
  /** Place in `results` of what it is a part of. */
  readonly partOf?: number
}

/** What leaves: only what the fields of the purpose name. Decimals and dates stay text. */
export interface FieldsOfResult {
  readonly learner?: { readonly givenNames?: string; readonly familyName?: string; readonly birthDate?: string }
  readonly institutions?: readonly { readonly name: string; readonly country?: string }[]
  /** Degrees that were passed; an empty list says that the document shows none. */
  readonly degrees?: readonly DegreeFields[]
  readonly credits?: { readonly ects: string | null }
  readonly results?: readonly CourseFields[]
}

/** Whether the applicant could leave results out: a selection must not be taken for everything. */
export type ResultExtent = 'complete' | 'selection' | 'partial' | 'unknown'

/** Without the fields that are undefined, so that JSON and a comparison see the same. */
const defined = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields

/**
 * Reads the fields out of a document, and nothing else. The document itself (`document`) is no part of the answer: who
 * holds the bytes adds them.
 *
 * @param languages BCP 47, best first, for titles.
 */
export function extractFields(
  elmo: Elmo,
  fields: readonly ResultField[],
  languages: readonly string[],
): FieldsOfResult {
  const wants = (field: ResultField): boolean => fields.includes(field)
  const explained = explainResults(elmo, { languages })
  const place = (index: number) => (wants('institution') ? index : undefined)
  const wantsDegrees = wants('degree-title') || wants('degree-level') || wants('degree-date')
  return defined({
    learner: learnerOf(elmo, wants),
    institutions: wants('institution')
      ? elmo.reports.map(({ issuer }) =>
          defined({
            name: pickText(issuer.title, languages)?.value ?? '',
            country: /^[A-Z]{2}$/.test(issuer.country ?? '') ? issuer.country : undefined,
          }),
        )
      : undefined,
    degrees: wantsDegrees
      ? explained.reports.flatMap(({ results, reportIndex }) =>
          results.filter(isAwardedDegree).map(({ title, level, date }) =>
            defined({
              title: wants('degree-title') ? title?.value : undefined,
              level: wants('degree-level') ? level?.eqf : undefined,
              date: wants('degree-date') ? date.date : undefined,
              institution: place(reportIndex),
            }),
          ),
        )
      : undefined,
    credits: wants('credits-total') ? { ects: explained.sums.frontier.ects ?? null } : undefined,
    results: wants('results') ? coursesOf(explained.reports, place) : undefined,
  } as FieldsOfResult)
}

/** What the document says about its own completeness, of all its reports together. */
export function extentOf(elmo: Elmo): ResultExtent {
  const extents = completenessOf(elmo).map(({ extent }) => extent)
  if (extents.includes('selection')) return 'selection'
  if (extents.includes('partial') || extents.includes('error')) return 'partial'
  return extents.length > 0 && extents.every((extent) => extent === 'complete') ? 'complete' : 'unknown'
}

function learnerOf({ learner }: Elmo, wants: (field: ResultField) => boolean): FieldsOfResult['learner'] {
  if (!wants('learner-name') && !wants('learner-birth-date')) return undefined
  const { givenNames, familyName } = learner
  return defined({
    givenNames: wants('learner-name') ? givenNames : undefined,
    familyName: wants('learner-name') ? familyName : undefined,
    birthDate: wants('learner-birth-date') ? birthDateOf(learner)?.slice(0, 10) : undefined,
  }) as FieldsOfResult['learner']
}

const isAwardedDegree = ({ type, status, repeats }: ExplainedResult): boolean =>
  type?.trim() === 'Degree Programme' && status.status === 'passed' && status.certain && repeats === undefined

function coursesOf(
  reports: readonly { readonly reportIndex: number; readonly results: readonly ExplainedResult[] }[],
  place: (index: number) => number | undefined,
): CourseFields[] {
  const rows: CourseFields[] = []
  const placeOfId = new Map<string, number>()
  for (const { reportIndex, results } of reports)
    for (const { id, parent, title, key, type, ects, grade, date, status } of results) {
      placeOfId.set(id, rows.length)
      rows.push(
        defined({
          title: title?.value,
          code: key.from === 'generated' ? undefined : key.code,
          type,
          ects,
          grade,
          date: date.date,
          status: status.status,
          institution: place(reportIndex),
          partOf: parent === undefined ? undefined : placeOfId.get(parent),
        } as CourseFields),
      )
    }
  return rows
}
