import type { Dialect } from '../../../population/index.js'
import { usosUnitId } from './usos-records.js'

/** How the first installation of USOS says what the population holds. */
export const usosDialect: Dialect = {
  language: 'pl',
  grades: { excellent: '5,5', good: '4,0', sufficient: '3,0', pass: 'ZAL', fail: '2,0' },
  // USOS knows a unit by its number alone.
  code: (result) => (result.kind === 'module' ? usosUnitId(result) : result.code),
  partType: 'Class',
  partsWithoutCredits: true,
  lacks: [
    // Every course of USOS has a code, and its points are ECTS.
    'no-code',
    'other-units',
    // What was recognised is an ordinary course there, or stands in a decision that the API does not show.
    'recognised',
    // Who gives a course up is not enrolled in it any more.
    'withdrawn',
    // Per cent and not people: they go into the description (map/grade-spread.spec.ts).
    'distributions',
    // Known of programmes alone.
    'levels',
    // The student comes with their own leave; there is nobody else to protect them from.
    'protected-persons',
    // One installation is one university.
    'several-institutions',
    'attachments',
    // Her degree has no date, no credits and no courses of its own in USOS (reports.spec.ts).
    'fia',
  ],
}
