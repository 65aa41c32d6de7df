import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { makeUniversityDatabase, stories, students, universityOf } from '@emrex-gateway/town'

/** Students who are at different universities at home; each carries results of one university abroad. */
export const benchStories = ['half-credits', 'missing-code', 'twin', 'modules'].map(
  (wanted) => /** @type {import('@emrex-gateway/town').Story} */ (stories.find(({ id }) => id === wanted)),
)

/** Makes the signed document about 20 KB. */
const courses = 15

/**
 * Makes the databases of the universities abroad with so many more passed courses for each student of the measurement,
 * every one with what an ordinary course has: two titles, credits, a grade, a semester, hours and a field of study.
 *
 * @param {string} folder of the town, which is not started yet
 */
export async function fillRecords(folder) {
  for (const id of new Set(benchStories.flatMap(({ abroad }) => abroad))) {
    const file = join(folder, `${id}.sqlite`)
    await makeUniversityDatabase(id, file)
    const knex = openSqlite({ file })
    const grade = universityOf(id).grades[0]
    for (const story of benchStories.filter(({ abroad }) => abroad.includes(id))) {
      const records = students.find((student) => student.id === story.student)?.records ?? []
      const number = records.find(({ university }) => university === id)?.number
      const rows = Array.from({ length: courses }, (_, index) => ({
        student: number,
        kind: 'Course',
        code: `BEN${1000 + index}`,
        title: `Kurs i måling og vurdering, del ${index + 1}`,
        title_language: 'nb',
        title_english: `Measurement and Assessment, Part ${index + 1}`,
        credits: '7.5',
        scale: grade?.scale,
        grade: grade?.label,
        status: 'passed',
        day: '2025-01-20',
        semester: 'Autumn 2024',
        hours: '60',
        isced: '0613',
      }))
      await knex('study_result').insert(rows)
    }
    await knex.destroy()
  }
}
