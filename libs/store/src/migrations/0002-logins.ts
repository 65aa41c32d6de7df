import type { Migration } from './migration.js'

/** What logins need besides transfers. Times are epoch milliseconds. */
export const logins: Migration = ({ integer, bytes, tableEnd }) => [
  `create table emrex_once (
    hash ${bytes} primary key,
    expires_at ${integer} not null
  ) ${tableEnd}`,
  'create index emrex_once_by_end on emrex_once (expires_at)',

  // One row per login and SIS. Several logins of one student share its hash.
  `create table emrex_link (
    id text primary key,
    subject_hash ${bytes} not null unique,
    student_hash ${bytes} not null,
    sealed ${bytes} not null,
    linked_at ${integer} not null,
    used_at ${integer} not null,
    expires_at ${integer} not null
  ) ${tableEnd}`,
  'create index emrex_link_by_student on emrex_link (student_hash)',
  'create index emrex_link_by_end on emrex_link (expires_at)',

  // One row per attempt; the id only tells them apart.
  `create table emrex_attempt (
    id text primary key,
    hash ${bytes} not null,
    expires_at ${integer} not null
  ) ${tableEnd}`,
  'create index emrex_attempt_by_hash on emrex_attempt (hash)',
  'create index emrex_attempt_by_end on emrex_attempt (expires_at)',
]
