import { existsSync } from 'node:fs'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { makePdf } from './make-pdf.js'
import { addressAt, esiOf, students } from './people.js'
import { issuedTranscripts, semesters, studyResults, type StudyResult } from './records.js'
import { universityOf, type University, type UniversityId } from './universities.js'
import { universitySchema } from './university-schema.js'

type Knex = ReturnType<typeof openSqlite>

/**
 * Makes the student information system of one university of the town: a SQLite file with its tables, its invented
 * people and their results, the views for the gateway and empty import tables. The same file on every run.
 *
 * @throws {Error} when the file is there already: what was imported into it is worth keeping.
 */
export async function makeUniversityDatabase(id: UniversityId, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} is there already`)
  const knex = openSqlite({ file })
  try {
    await knex.transaction(async (transaction) => {
      for (const statement of universitySchema) await transaction.raw(statement)
      await fill(transaction, universityOf(id))
    })
  } finally {
    await knex.destroy()
  }
}

async function fill(knex: Knex, university: University): Promise<void> {
  const { title, titleLanguage, titleEnglish, code, domain, country } = university
  await knex('university').insert({
    code,
    name: title,
    name_language: titleLanguage,
    name_english: titleEnglish,
    domain,
    country,
  })
  for (const [rank, { scale, label, passes }] of university.grades.entries())
    await knex('grade').insert({ scale, label, rank, passes: passes ? 1 : 0 })
  for (const { name, start, end } of semesters) await knex('semester').insert({ name, first_day: start, last_day: end })
  const numbers = await fillStudents(knex, university)
  const add = resultWriter(knex, numbers)
  for (const result of studyResults.filter((one) => one.university === university.id)) await add(result, null)
  await fillDocuments(knex, university, numbers)
}

/** Gives the student number of each person who has a record here. */
async function fillStudents(knex: Knex, { id }: University): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>()
  for (const person of students)
    for (const record of person.records.filter(({ university }) => university === id)) {
      numbers.set(person.id, record.number)
      const nationalId = record.knows.includes('nationalId') ? person.nationalId : undefined
      await knex('student').insert({
        number: record.number,
        given: record.given ?? person.given,
        family: record.family ?? person.family,
        born: person.birthDate ?? null,
        // A university that still has the old name does not know that it became one.
        family_at_birth: record.family === person.birthName ? null : (person.birthName ?? null),
        sex: person.gender ?? null,
        citizenship: person.citizenship ?? null,
        national_number: nationalId?.value ?? null,
        national_number_country: nationalId?.country ?? null,
        european_student_identifier: (record.knows.includes('esi') ? esiOf(person) : undefined) ?? null,
        mail_address: addressAt(person, id),
      })
    }
  return numbers
}

function resultWriter(knex: Knex, numbers: ReadonlyMap<string, string>) {
  let last = 1000
  return async function add(result: StudyResult, partOf: number | null): Promise<void> {
    last += 1
    const id = last
    await knex('study_result').insert({
      id,
      student: numbers.get(result.student)!,
      part_of: partOf,
      kind: result.kind,
      code: result.code ?? null,
      title: result.title,
      title_language: result.language ?? null,
      title_english: result.titleEnglish ?? null,
      credits: result.credits ?? null,
      scale: result.scale ?? null,
      grade: result.grade ?? null,
      status: result.status,
      day: result.date ?? null,
      semester: result.kind === 'Degree Programme' ? null : (result.semester ?? null),
      hours: result.hours ?? null,
      isced: result.isced ?? null,
      eqf: result.eqf ?? null,
    })
    for (const [label, people] of Object.entries(result.cohort ?? {}))
      await knex('cohort').insert({ result: id, label, students: people })
    for (const [number, [title, content]] of Object.entries(result.supplement ?? {}))
      await knex('supplement_section').insert({ result: id, number, title, content })
    for (const part of result.parts ?? []) await add(part, id)
  }
}

async function fillDocuments(knex: Knex, university: University, numbers: ReadonlyMap<string, string>): Promise<void> {
  for (const { student, minBytes } of issuedTranscripts.filter((one) => one.university === university.id)) {
    const person = students.find(({ id }) => id === student)!
    const lines = [
      university.titleEnglish,
      'Transcript of Records',
      `${person.given} ${person.family}`,
      'All of this is invented.',
    ]
    await knex('issued_document').insert({
      student: numbers.get(student)!,
      kind: 'Transcript of Records',
      title: 'Transcript of Records',
      media_type: 'application/pdf',
      bytes: makePdf(lines, minBytes),
    })
  }
}
