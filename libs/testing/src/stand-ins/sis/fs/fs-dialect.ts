import { students, type Dialect, type StudyResult } from '../../../population/index.js'

/** The code of the whole that a part belongs to. */
const wholeOf = (part: StudyResult): StudyResult | undefined =>
  students
    .flatMap(({ results }) => [...results.first, ...(results.second ?? [])])
    .find(({ parts = [] }) => parts.some(({ key }) => key === part.key))

/** How FS says what the population holds. */
export const fsDialect: Dialect = {
  language: 'nb',
  grades: { excellent: 'A', good: 'C', sufficient: 'E', pass: 'Bestått', fail: 'F' },
  // Vekttall, the credits of before 2003, are the other unit that FS has.
  hours: 'VT',
  // A course is its code and its version; a part is a part of such a course and has no code of its own.
  code: (result) =>
    result.kind === 'degree'
      ? result.code
      : result.kind === 'module'
        ? `${wholeOf(result)!.code}-1/${result.code}`
        : result.code && `${result.code}-1`,
  // The interface knows no date of an examination, and no days of a term.
  date: ({ kind, date }) => (kind === 'degree' ? date : undefined),
  term: (term) =>
    ({
      '2023-autumn': { start: '2023-07-01', end: '2023-12-31' },
      '2024-spring': { start: '2024-01-01', end: '2024-06-30' },
    })[term],
  partsWithoutCredits: true,
  degreesWithoutGrades: true,
  lacks: [
    // A competence proof is about something that has ended.
    'in-progress',
    // Results from elsewhere are not among the competence proofs.
    'recognised',
    // One user of the interface belongs to one institution.
    'several-institutions',
    'attachments',
  ],
}
