import { parseSelector, select, UnknownField, type FieldTable, type Selector } from './usos-fields.js'
import { termRecords, type UsosCatalogue, type UsosStudent } from './usos-records.js'
import type { UsosInstallation } from './usos-installations.js'

/** What a method answers from. */
export interface UsosWorld {
  /** Refuses a whole list because of one id that is not there, as single records are refused. */
  readonly refusesUnknownIds: boolean
  readonly installation: UsosInstallation
  readonly catalogue: UsosCatalogue
  readonly origin: () => string
  readonly now: () => Date
}

export class UsosRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    readonly reason?: string,
  ) {
    super(error)
  }
}

type Arguments = ReadonlyMap<string, string>

export interface UsosMethod {
  /** Who may call: anybody, a registered consumer, or a consumer with a student's token. */
  readonly access: 'anonymous' | 'consumer' | 'token'
  readonly scopes?: readonly string[]
  readonly required?: readonly string[]
  readonly optional?: readonly string[]
  /** What `fields` may name, and what is given without it. Absent: the method takes no selector. */
  readonly fields?: { readonly table: FieldTable; readonly usual: string }
  readonly answer: (given: Arguments, world: UsosWorld, student: UsosStudent) => unknown
  /** Where `fields` picks deeper than at the answer itself. */
  readonly each?: (answer: unknown, pick: (value: unknown) => unknown) => unknown
}

const flat = (...names: string[]): FieldTable => Object.fromEntries(names.map((name) => [name, true as const]))
const listed = (text: string | undefined): string[] => (text ?? '').split('|').filter((one) => one !== '')
const values = (answer: unknown, pick: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(answer as object).map(([key, value]) => [key, pick(value)]))

/** Several records by id; one that is not there is null. USOS takes no long lists. */
const byIds = (ids: readonly string[], known: ReadonlyMap<string, unknown>): Record<string, unknown> => {
  if (ids.length > 500) throw new UsosRefusal(400, 'param_invalid', 'too_many')
  return Object.fromEntries(ids.map((id) => [id, known.get(id) ?? null]))
}
const ofTerms = <Value>(all: Readonly<Record<string, Value>>, given: Arguments): Record<string, Value> => {
  const wanted = listed(given.get('term_ids'))
  return Object.fromEntries(Object.entries(all).filter(([term]) => wanted.length === 0 || wanted.includes(term)))
}

const gradeFields = flat(
  ...['value_symbol', 'passes', 'value_description', 'exam_id', 'exam_session_number', 'counts_into_average'],
  ...['comment', 'grade_type_id', 'date_modified', 'date_acquisition', 'modification_author'],
)
const editionFields = flat('course_id', 'course_name', 'term_id', 'passing_status')
const termFields = flat('id', 'name', 'start_date', 'end_date', 'finish_date', 'order_key')

/** The methods that the stand-in offers, by their names in the USOS API. */
export const usosMethods: Readonly<Record<string, UsosMethod>> = {
  'services/apisrv/now': { access: 'anonymous', answer: (_, { now }) => localTime(now()) },
  'services/apisrv/installation': {
    access: 'anonymous',
    fields: {
      table: flat(
        'base_url',
        'version',
        'machine_version',
        'institution_name',
        'contact_emails',
        'schac_id',
        'institution',
      ),
      usual: 'base_url|version|machine_version|institution_name|contact_emails|schac_id',
    },
    answer: (_, { installation, origin }) => ({
      base_url: `${origin()}/`,
      version: '7.3.0.0-4, invented',
      machine_version: '7.3.0.0-4',
      institution_name: installation.name,
      contact_emails: [`usos@${installation.schac}`],
      schac_id: installation.schac,
    }),
  },
  'services/apisrv/consumer': {
    access: 'consumer',
    fields: { table: flat('name', 'email', 'token_scopes'), usual: 'name' },
    answer: () => ({ name: 'Gateway under test', email: null, token_scopes: null }),
  },
  'services/users/user': {
    access: 'token',
    fields: {
      table: flat(
        ...['id', 'first_name', 'middle_names', 'last_name', 'sex', 'student_status', 'student_number', 'pesel'],
        'birth_date',
      ),
      usual: 'id|first_name|last_name',
    },
    answer: (_, __, { user }) => user,
  },
  'services/progs/student': {
    access: 'token',
    scopes: ['studies'],
    optional: ['active_only'],
    fields: {
      table: {
        ...flat('id', 'status', 'admission_date', 'is_primary'),
        programme: flat('id', 'description', 'level', 'duration'),
      },
      usual: 'id|status',
    },
    answer: (given, _, { programmes }) =>
      programmes.filter(({ status }) => given.get('active_only') === 'false' || status === 'active'),
  },
  'services/courses/user': {
    access: 'token',
    scopes: ['studies'],
    optional: ['active_terms_only'],
    fields: { table: { course_editions: editionFields, terms: termFields }, usual: 'course_editions' },
    // An object of lists by term: the selector means the items.
    answer: (_, __, { editions }) => ({
      course_editions: editions,
      terms: [...termRecords().values()].filter(({ id }) => (id as string) in editions),
    }),
  },
  'services/courses/user_ects_points': {
    access: 'token',
    scopes: ['studies'],
    answer: (_, __, { points }) => points,
  },
  'services/grades/terms2': {
    access: 'token',
    scopes: ['grades'],
    required: ['term_ids'],
    fields: { table: gradeFields, usual: 'value_symbol|exam_id|exam_session_number' },
    answer: (given, _, { grades }) => ofTerms(grades, given),
    each: pickGrades,
  },
  'services/examrep/user2': {
    access: 'token',
    scopes: ['studies'],
    optional: ['term_ids'],
    fields: {
      table: { id: true, grades_distribution: flat('percentage', 'grade_symbol'), course_unit: flat('id') },
      usual: 'id',
    },
    answer: (given, _, { examinations }) => ofTerms(examinations, given),
    each: (answer, pick) => values(answer, (courses) => values(courses, pick)),
  },
  'services/terms/terms': {
    access: 'anonymous',
    required: ['term_ids'],
    fields: { table: termFields, usual: 'id|name|start_date|end_date|order_key|finish_date' },
    answer: (given) => byIds(listed(given.get('term_ids')), termRecords()),
    each: values,
  },
  'services/courses/courses': {
    access: 'anonymous',
    required: ['course_ids'],
    fields: {
      table: flat('id', 'name', 'lang_id', 'fac_id', 'ects_credits_simplified', 'homepage_url', 'description'),
      usual: 'id|name',
    },
    answer: (given, { catalogue, refusesUnknownIds }) => {
      const ids = listed(given.get('course_ids'))
      if (refusesUnknownIds && ids.some((id) => !catalogue.courses.has(id)))
        throw new UsosRefusal(400, 'object_not_found', 'course')
      return byIds(ids, catalogue.courses)
    },
    each: values,
  },
  'services/courses/units': {
    access: 'anonymous',
    required: ['unit_ids'],
    fields: { table: flat('id', 'course_id', 'term_id', 'classtype_id'), usual: 'id|course_id|term_id' },
    answer: (given, { catalogue }) => byIds(listed(given.get('unit_ids')), catalogue.units),
    each: values,
  },
  'services/courses/classtypes_index': {
    access: 'anonymous',
    answer: (_, { catalogue }) => Object.fromEntries(catalogue.classTypes),
  },
  'services/grades/grade_types': {
    access: 'anonymous',
    required: ['ids'],
    fields: {
      table: { ...flat('id', 'name'), values: flat('symbol', 'passes', 'decimal_value', 'name', 'order_key') },
      usual: 'id|name',
    },
    answer: (given, { installation }) =>
      byIds(
        listed(given.get('ids')),
        new Map(Object.entries(installation.gradeTypes).map(([id, type]) => [id, { id, ...type }])),
      ),
    each: values,
  },
}

/** The same method without a field, as an older version has it; one within another as `course_editions[passing_status]`. */
export function withoutField(method: UsosMethod, field: string): UsosMethod {
  const [name, inner] = field.split(/[[\]]/) as [string, string | undefined]
  const drop = (table: FieldTable, each: string): FieldTable =>
    Object.fromEntries(Object.entries(table).filter(([known]) => known !== each))
  const { table, usual } = method.fields!
  const within = table[name]
  if (inner === undefined || typeof within !== 'object')
    return { ...method, fields: { table: drop(table, name), usual } }
  return { ...method, fields: { table: { ...table, [name]: drop(within, inner) }, usual } }
}

/** Runs a method with its selector. @throws {UsosRefusal} for an argument or a field that USOS would refuse */
export function callMethod(method: UsosMethod, given: Arguments, world: UsosWorld, student: UsosStudent): unknown {
  for (const name of method.required ?? [])
    if ((given.get(name) ?? '') === '') throw new UsosRefusal(400, 'param_missing', name)
  const allowed = [
    ...(method.required ?? []),
    ...(method.optional ?? []),
    'format',
    ...(method.fields ? ['fields'] : []),
  ]
  for (const name of given.keys())
    if (!name.startsWith('oauth_') && !allowed.includes(name)) throw new UsosRefusal(400, 'param_unknown', name)
  const answer = method.answer(given, world, student)
  if (method.fields === undefined) return answer
  const { table, usual } = method.fields
  try {
    const selector = parseSelector(given.get('fields') ?? usual)
    // Names are wrong even where there is nothing to give.
    select(null, selector, table)
    if (typeof table['course_editions'] === 'object') return selectEditions(answer, selector, table['course_editions'])
    const pick = (value: unknown) => select(value, selector, table)
    return method.each === undefined ? pick(answer) : method.each(answer, pick)
  } catch (error) {
    if (error instanceof UnknownField) throw new UsosRefusal(400, 'field_invalid', error.field)
    throw error
  }
}

function selectEditions(answer: unknown, selector: Selector, editions: FieldTable): unknown {
  const { course_editions, terms } = answer as { course_editions: object; terms: unknown }
  const fieldsOf = (name: string, usual: string) => {
    const inner = selector.get(name)
    return inner === undefined || inner === true ? parseSelector(usual) : inner
  }
  return {
    ...(selector.has('course_editions') && {
      course_editions: values(course_editions, (list) =>
        select(list, fieldsOf('course_editions', 'course_id|course_name|term_id'), editions),
      ),
    }),
    ...(selector.has('terms') && { terms: select(terms, fieldsOf('terms', 'id|name'), termFields) }),
  }
}

/** The selector of `terms2` means the grades, which lie deep: by term, course, protocol and session. */
function pickGrades(answer: unknown, pick: (value: unknown) => unknown): unknown {
  type Protocols = readonly Record<string, unknown>[]
  const protocols = (list: Protocols) => list.map((sessions) => values(sessions, (grade) => pick(grade)))
  return values(answer, (courses) =>
    values(courses, (course) => {
      const { course_grades, course_units_grades } = course as {
        course_grades: Protocols
        course_units_grades: Record<string, Protocols>
      }
      return {
        course_grades: protocols(course_grades),
        course_units_grades: values(course_units_grades, (list) => protocols(list as Protocols)),
      }
    }),
  )
}

/** As `apisrv/now` writes it: the clock on the wall in Poland. */
export function localTime(at: Date): string {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Europe/Warsaw',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at)
  return `${wall}.${String(at.getUTCMilliseconds()).padStart(3, '0')}000`
}
