import type { Migration } from './migration.js'

/** Times are epoch milliseconds. Columns named `sealed` hold what `Seal` made; `hash` holds a keyed hash. */
export const firstTables: Migration = ({ integer, bytes, serialKey, tableEnd }) => [
  `create table emrex_transfer (
    id text primary key,
    kind text not null,
    entry text not null,
    version ${integer} not null,
    state text not null,
    sealed ${bytes} not null,
    browser text not null,
    created_at ${integer} not null,
    updated_at ${integer} not null,
    expires_at ${integer} not null
  ) ${tableEnd}`,
  'create index emrex_transfer_by_state on emrex_transfer (kind, state, created_at)',
  'create index emrex_transfer_by_end on emrex_transfer (kind, expires_at)',

  // No foreign key: a handle with its own end outlives its transfer, so that what was used once stays used.
  `create table emrex_handle (
    hash ${bytes} primary key,
    transfer text not null,
    expires_at ${integer}
  ) ${tableEnd}`,
  'create index emrex_handle_by_transfer on emrex_handle (transfer)',
  'create index emrex_handle_by_end on emrex_handle (expires_at)',

  `create table emrex_body (
    transfer text not null references emrex_transfer (id) on delete cascade,
    name text not null,
    sealed ${bytes} not null,
    expires_at ${integer} not null,
    primary key (transfer, name)
  ) ${tableEnd}`,
  'create index emrex_body_by_end on emrex_body (expires_at)',

  `create table emrex_job (
    id ${serialKey},
    queue text not null,
    name text not null,
    payload text not null,
    state text not null check (state in ('ready', 'running', 'done', 'dead')),
    attempts ${integer} not null,
    run_at ${integer} not null,
    leased_until ${integer},
    owner text,
    code text,
    unique (queue, name)
  ) ${tableEnd}`,
  'create index emrex_job_by_turn on emrex_job (queue, state, run_at)',

  `create table emrex_audit (
    number ${serialKey},
    id text not null unique,
    at ${integer} not null,
    kind text not null,
    entry text not null,
    transfer text not null,
    event text not null,
    code text,
    facts text,
    sealed ${bytes}
  ) ${tableEnd}`,
  'create index emrex_audit_by_transfer on emrex_audit (transfer)',
  'create index emrex_audit_by_event on emrex_audit (event)',

  `create table emrex_copy (
    name text primary key,
    body ${bytes} not null,
    etag text,
    fetched_at ${integer} not null
  ) ${tableEnd}`,

  // One row that tells at the start whether the key fits, before any transfer is touched.
  `create table emrex_seal_check (
    id ${integer} primary key,
    sealed ${bytes} not null
  ) ${tableEnd}`,
]
