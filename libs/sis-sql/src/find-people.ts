import type { Knex } from 'knex'
import { calendarDay, SisError, type Claim, type Enrolment, type SisContext, type Subject } from '@emrex-gateway/core'
import { buildLearner } from './build-learner.js'
import { readInstitutions, type KnownInstitution } from './read-institutions.js'
import type { SqlSettings } from './sql-settings.js'
import type { SqlViews } from './sql-views.js'
import type { ViewRow } from './view-row.js'

/** The columns that a search needs; where the view lacks one, nobody is found that way. */
export const searchColumns = {
  nationalId: ['national_id', 'national_id_country'],
  esi: ['esi'],
  learnerId: ['learner_id'],
  birthDate: ['birth_date'],
} as const

interface Search {
  readonly by: keyof typeof searchColumns
  narrow(query: Knex.QueryBuilder): Knex.QueryBuilder
  /** The same question once more: databases compare without regard to case, accents and blanks, or turn texts into numbers. */
  fits(row: ViewRow): boolean
}

/**
 * Everybody who fits the strongest kind of fact that fits anybody: national identifier, then ESI, then student number,
 * then birth date. A birth date brings all who share it; the core compares the names.
 *
 * A protected person is not among them. Who is found by a number and is protected ends the search.
 *
 * @throws {SisError} forbidden for a protected person
 */
export async function findPeople(views: SqlViews, subject: Subject, context: SisContext): Promise<Enrolment[]> {
  const institutions = await readInstitutions(views, context)
  const codes = [...institutions.keys()]
  const columns = await views.columns('person', context)
  // An address is read when a code is sent there, and not before.
  const agreed = await views.agreedColumns('person', context, ['email'])
  for (const search of searches(subject, views.settings, columns, institutions)) {
    const found = await views.rows('person', context, (query) =>
      search.narrow(query.select(agreed).whereIn('institution_code', codes)),
    )
    const rows = found.filter((row) => institutions.has(row.required('institution_code')) && search.fits(row))
    const isProtected = new Set(rows.filter((row) => row.flag('protected')).map((row) => row.required('person_key')))
    const free = rows.filter((row) => !isProtected.has(row.required('person_key')))
    if (free.length > 0)
      return free.map((row) => ({
        person: row.required('person_key'),
        institution: institutions.get(row.required('institution_code'))!.institution,
        learner: buildLearner(row),
        foundBy: search.by,
      }))
    // A birth date may be that of somebody else.
    if (isProtected.size > 0 && search.by !== 'birthDate')
      throw new SisError('forbidden', 'nothing about this person may be given out', { connection: views.connection })
  }
  return []
}

// Nobody's number or date holds one, and some databases refuse to be asked with it.
const controlCharacter = /[\u0000-\u001f\u007f]/
const isWritable = (value: string): boolean => !controlCharacter.test(value) && value.trim() !== ''

function* searches(
  subject: Subject,
  settings: SqlSettings,
  columns: ReadonlySet<string>,
  institutions: ReadonlyMap<string, KnownInstitution>,
): Generator<Search> {
  const claims = <T extends Claim['type']>(type: T) =>
    subject.claims.filter((claim): claim is Extract<Claim, { type: T }> => claim.type === type)
  const numbersOf = <T extends keyof typeof searchColumns>(type: T) =>
    claims(type).filter((claim) => isWritable((claim as { value: string }).value))
  const may = (type: keyof typeof searchColumns) =>
    settings.find.by.includes(type) && searchColumns[type].every((column) => columns.has(column))

  const nationalIds = numbersOf('nationalId')
  if (may('nationalId') && nationalIds.length > 0)
    yield {
      by: 'nationalId',
      narrow: (query) =>
        query.where((either) => {
          for (const claim of nationalIds) either.orWhere((one) => void narrowToNationalId(one, claim, settings))
        }),
      fits: (row) =>
        nationalIds.some(
          ({ value, country }) =>
            row.text('national_id') === value &&
            (row.text('national_id_country') ?? settings.find.nationalIdCountry) === country,
        ),
    }

  const esis = numbersOf('esi').map((claim) => claim.value)
  if (may('esi') && esis.length > 0)
    yield {
      by: 'esi',
      narrow: (query) => query.whereIn('esi', esis),
      fits: (row) => esis.includes(row.text('esi') ?? ''),
    }

  const numbers = numbersOf('learnerId')
    .map((claim) => ({ value: claim.value, codes: codesOfScheme(claim.scheme, settings, institutions) }))
    .filter(({ codes }) => codes.length > 0)
  if (may('learnerId') && numbers.length > 0)
    yield {
      by: 'learnerId',
      narrow: (query) =>
        query.where((either) => {
          for (const { value, codes } of numbers)
            either.orWhere((one) => void one.where('learner_id', value).whereIn('institution_code', codes))
        }),
      fits: (row) =>
        numbers.some(
          ({ value, codes }) => row.text('learner_id') === value && codes.includes(row.required('institution_code')),
        ),
    }

  const birthDates = numbersOf('birthDate')
    .map((claim) => claim.value)
    .filter((value) => calendarDay(value) === value)
  if (may('birthDate') && birthDates.length > 0 && claims('name').length > 0)
    yield {
      by: 'birthDate',
      narrow: (query) => query.whereIn('birth_date', birthDates),
      fits: (row) => birthDates.includes(calendarDay(row.text('birth_date')) ?? ''),
    }
}

function narrowToNationalId(
  query: Knex.QueryBuilder,
  claim: Extract<Claim, { type: 'nationalId' }>,
  settings: SqlSettings,
): Knex.QueryBuilder {
  const value = query.where('national_id', claim.value)
  if (claim.country !== settings.find.nationalIdCountry) return value.where('national_id_country', claim.country)
  return value.where(
    (either) =>
      void either
        .where('national_id_country', claim.country)
        .orWhereNull('national_id_country')
        .orWhere('national_id_country', ''),
  )
}

/** A student number means somebody only at the university that issued it. */
function codesOfScheme(
  scheme: string,
  settings: SqlSettings,
  institutions: ReadonlyMap<string, KnownInstitution>,
): string[] {
  if (settings.find.learnerIdSchemes.includes(scheme)) return [...institutions.keys()]
  return [...institutions].filter(([, { institution }]) => institution.schac === scheme).map(([code]) => code)
}
