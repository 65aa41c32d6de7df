import type { Migration } from './migration.js'

/**
 * What instances count together: how often an address came. The columns are those that rate-limiter-flexible writes. A key
 * holds a keyed hash of the address; `expire` is in epoch milliseconds.
 */
export const limits: Migration = ({ integer, tableEnd }) => [
  `create table emrex_limit (key text primary key, points ${integer} not null default 0, expire ${integer}) ${tableEnd}`,
  'create index emrex_limit_by_end on emrex_limit (expire)',
]
