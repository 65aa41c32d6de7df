import type { StudyResult } from './population.js'

/** So many ordinary courses of one student, for benchmarks and limits; the same on every run. */
export function largeRecord(courses: number): readonly StudyResult[] {
  return Array.from({ length: courses }, (_, index) => ({
    key: `large-${index}`,
    code: `LARGE-${index}`,
    kind: 'course' as const,
    title: `Course number ${index}`,
    titleEnglish: `Course number ${index} in English`,
    credits: ['7.5', '5', '10', '0'][index % 4]!,
    outcome: (['excellent', 'good', 'sufficient', 'pass'] as const)[index % 4]!,
    date: `2024-0${1 + (index % 6)}-1${index % 10}`,
    term: index % 2 === 0 ? ('2023-autumn' as const) : ('2024-spring' as const),
    language: 'en',
  }))
}
