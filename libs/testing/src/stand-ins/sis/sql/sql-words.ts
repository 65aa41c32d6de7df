import type { Dialect } from '../../../population/index.js'

/** How the population stands in a database that makes views for the gateway: it can hold all of it. */
export const sqlWords: Dialect = {
  language: 'nb',
  grades: { excellent: 'A', good: 'B', sufficient: 'E', pass: 'Bestått', fail: 'F' },
  hours: 'hours',
  lacks: [],
}
