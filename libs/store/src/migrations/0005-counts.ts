import type { Migration } from './migration.js'

const place = (integer: string) => `
    hour ${integer} not null,
    kind text not null,
    entry text not null,
    country text not null,
    partner text not null,
    language text not null,
    code text not null,
    stage text not null`

/**
 * How many transfers stand where. Writers only add notes, so that none waits for another one; the sum of a place is that of
 * its row in `emrex_count` and of its notes. `counted` is the place of a transfer, absent when it began before this.
 */
export const counts: Migration = ({ integer, serialKey, tableEnd }) => [
  'alter table emrex_transfer add column counted text',

  `create table emrex_count (${place(integer)},
    count ${integer} not null,
    primary key (hour, kind, entry, country, partner, language, code, stage)
  ) ${tableEnd}`,

  `create table emrex_count_note (
    number ${serialKey},${place(integer)},
    count ${integer} not null
  ) ${tableEnd}`,
  'create index emrex_count_note_by_hour on emrex_count_note (hour)',
]
