import { SisError, type Claim, type Enrolment, type SisContext, type Subject } from '@emrex-gateway/core'
import { buildLearner, externalUidOf, isNationalId } from './build-learner.js'
import type { LadokApi } from './ladok-api.js'
import { studentPage, studentRecord, type StudentRecord } from './ladok-records.js'
import { readInstitution } from './read-institution.js'

/**
 * Everybody who fits the strongest kind of fact that fits anybody: Swedish number, then ESI, then birth date with a name.
 * Ladok searches by name alone, so all of that name are read, page by page, and those with the birth date stay.
 *
 * @throws {SisError} `forbidden` where somebody who fits has a protected identity
 */
export async function findStudents(api: LadokApi, subject: Subject, context: SisContext): Promise<Enrolment[]> {
  const ways = [
    { foundBy: 'nationalId', find: () => byNumber(api, subject, context) },
    { foundBy: 'esi', find: () => byEsi(api, subject, context) },
    { foundBy: 'birthDate', find: () => byName(api, subject, context) },
  ] as const
  // Called off before it began, also where there is nothing to ask.
  if (context.signal.aborted) throw new SisError('timeout', 'called off', { connection: api.connection })
  for (const { foundBy, find } of ways) {
    const students = await find()
    if (students.some(({ SkyddadePersonuppgifter }) => SkyddadePersonuppgifter))
      throw new SisError('forbidden', 'the register protects this identity: ask the university itself', {
        connection: api.connection,
      })
    if (students.length === 0) continue
    const { institution } = await readInstitution(api, context)
    return students.map((student) => ({ person: student.Uid, institution, learner: buildLearner(student), foundBy }))
  }
  return []
}

const claims = <T extends Claim['type']>(subject: Subject, type: T) =>
  subject.claims.filter((claim): claim is Extract<Claim, { type: T }> => claim.type === type)

async function byNumber(api: LadokApi, subject: Subject, context: SisContext): Promise<StudentRecord[]> {
  const birthDates = claims(subject, 'birthDate').map(({ value }) => value.replaceAll('-', ''))
  const numbers = claims(subject, 'nationalId')
    .filter(({ country }) => country === 'SE')
    .map(({ value }) => value.replace(/[ +-]/g, ''))
    // Ten digits lack the century, which the birth date knows.
    .map((number) => (/^\d{10}$/.test(number) ? `${centuryOf(number, birthDates)}${number}` : number))
    .filter(isNationalId)
  return lookUp(api, numbers, 'personnummer', (student) => student.Personnummer, context)
}

/** Six digits of a number as a birth date writes them: a samordningsnummer has 60 more in its day. */
const birthDigits = (number: string): string =>
  `${number.slice(0, 4)}${`${Number(number.slice(4, 6)) % 60}`.padStart(2, '0')}`

const centuryOf = (number: string, birthDates: readonly string[]): string =>
  birthDates.find((date) => date.slice(2) === birthDigits(number))?.slice(0, 2) ?? ''

function byEsi(api: LadokApi, subject: Subject, context: SisContext): Promise<StudentRecord[]> {
  const uids = claims(subject, 'esi').flatMap(({ value }) => externalUidOf(value) ?? [])
  // The misspelling is Ladok's.
  return lookUp(api, uids, 'externtuuid', (student) => student.ExterntUID?.toLowerCase(), context)
}

async function lookUp(
  api: LadokApi,
  keys: readonly string[],
  by: string,
  keyOf: (student: StudentRecord) => string | undefined,
  context: SisContext,
): Promise<StudentRecord[]> {
  const found = new Map<string, StudentRecord>()
  for (const key of new Set(keys)) {
    const student = await orNobody(api.ofPerson('studentinformation', `student/${by}/${key}`, studentRecord, context))
    if (student === undefined) continue
    if (keyOf(student) !== key)
      throw new SisError('bad-data', 'the system gave another person than the one asked for', {
        connection: api.connection,
      })
    found.set(student.Uid, student)
  }
  return [...found.values()]
}

async function orNobody<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof SisError && error.kind === 'unknown-person') return undefined
    throw error
  }
}

async function byName(api: LadokApi, subject: Subject, context: SisContext): Promise<StudentRecord[]> {
  const birthDates = new Set(claims(subject, 'birthDate').map(({ value }) => value))
  if (birthDates.size === 0) return []
  const found = new Map<string, StudentRecord>()
  for (const { given, family } of claims(subject, 'name'))
    for (const student of await peopleNamed(api, given, family, context))
      if (student.Fodelsedata !== undefined && birthDates.has(student.Fodelsedata.slice(0, 10)))
        found.set(student.Uid, student)
  return [...found.values()]
}

/** All pages. Without an order Ladok's pages overlap and leave people out. */
async function peopleNamed(
  api: LadokApi,
  given: string,
  family: string,
  context: SisContext,
): Promise<StudentRecord[]> {
  const { searchPageSize, searchMaxPeople } = api.settings
  // Logins and universities disagree about second names: the first will do, and the core compares the rest.
  const first = given.trim().split(/\s+/)[0] ?? ''
  const names = [
    ...(first === '' ? [] : [['fornamn', first]]),
    ...(family.trim() === '' ? [] : [['efternamn', family]]),
  ]
  if (names.length === 0) return []
  const people: StudentRecord[] = []
  for (let page = 1; ; page += 1) {
    const query = new URLSearchParams([
      ...names,
      ...['EFTERNAMN_ASC', 'FORNAMN_ASC', 'PERSONNUMMER_ASC'].map((order) => ['orderby', order]),
      ['limit', String(searchPageSize)],
      ['page', String(page)],
    ] as [string, string][])
    const { Resultat, TotaltAntalPoster } = await api.ofPerson(
      'studentinformation',
      `student/filtrera?${query.toString()}`,
      studentPage,
      context,
    )
    if (TotaltAntalPoster > searchMaxPeople)
      throw new SisError('ambiguous', 'too many people share this name', { connection: api.connection })
    people.push(...Resultat)
    if (Resultat.length === 0 || people.length >= TotaltAntalPoster) return people
  }
}
