import { chainOldLines } from '../audit-chain/chain-old-lines.js'
import type { Migration } from './migration.js'

/** Links the lines of evidence of each entry into a chain; the lines that are there become its beginning. */
export const auditChain: Migration = (dialect) => {
  const { integer, bytes, tableEnd } = dialect
  return [
    ...[`seq ${integer}`, `commitment ${bytes}`, `removed ${bytes}`, `previous ${bytes}`, `hash ${bytes}`].map(
      (column) => `alter table emrex_audit add column ${column}`,
    ),

    `create table emrex_audit_head (
      kind text not null,
      entry text not null,
      seq ${integer} not null,
      hash ${bytes} not null,
      mac ${bytes} not null,
      primary key (kind, entry)
    ) ${tableEnd}`,

    // What is noted with purpose 'begin' is where a chain begins whose older lines were deleted.
    `create table emrex_audit_checkpoint (
      kind text not null,
      entry text not null,
      seq ${integer} not null,
      purpose text not null check (purpose in ('begin', 'end')),
      hash ${bytes} not null,
      at ${integer} not null,
      signer text not null,
      signature ${bytes} not null,
      primary key (kind, entry, seq, purpose)
    ) ${tableEnd}`,

    (trx, seal) => chainOldLines({ dialect, seal }, trx),
    'create unique index emrex_audit_by_place on emrex_audit (kind, entry, seq)',
    // An instance of an older version that still runs shall fail, and not write what no chain holds.
    ...dialect.fillAlways('emrex_audit', ['seq', 'previous', 'hash']),
  ]
}
