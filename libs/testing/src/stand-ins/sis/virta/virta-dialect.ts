import type { Dialect } from '../../../population/index.js'
import { virtaGrades } from './virta-student.js'

/** How VIRTA says what the population holds. */
export const virtaDialect: Dialect = {
  language: 'fi',
  grades: virtaGrades,
  // A study that contains others is a module, whatever the population calls it.
  type: ({ kind, parts = [] }) => (kind === 'degree' ? 'Degree Programme' : parts.length > 0 ? 'Module' : 'Course'),
  lacks: [
    // Completed studies alone are delivered: the lists of grades hold none that fails.
    'failed',
    'in-progress',
    'withdrawn',
    'earlier-tries',
    // Its schema asks for a code and for Opintopiste with every study; study weeks stand beside them (reports.spec.ts).
    'no-code',
    'no-credits',
    'other-units',
    // Its schema has no place for them.
    'distributions',
    'levels',
    'terms',
    'attachments',
    // No public source says how it marks people whom the register protects.
    'protected-persons',
    'isak',
  ],
}
