import type { Migration } from './migration.js'

/** What logins need besides transfers. Times are epoch milliseconds. */
export const logins: Migration = ({ integer, bytes, tableEnd }) => [
  `create table emrex_once (
    hash ${bytes} primary key,
    expires_at ${integer} not null
  ) ${tableEnd}`,
  'create index emrex_once_by_end on emrex_once (expires_at)',
]
