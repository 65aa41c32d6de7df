import type { Knex } from 'knex'
import type { StoreContext } from '../store-context.js'
import { headMacs } from './chain-proofs.js'
import type { AuditRow, ChainName, HeadRow } from './chain-rows.js'
import { beginning, commitmentOf, hashLine } from './hash-line.js'

/** A line that has no place in a chain yet. */
export type NewLine = Omit<AuditRow, 'number' | 'seq' | 'commitment' | 'removed' | 'previous' | 'hash'>

/**
 * Adds lines to the end of one chain, in the caller's transaction. Others who write to the same chain wait until that
 * ends, so it comes last in a transaction; as each takes one chain only, no two can wait for each other.
 */
export async function appendLines(
  context: Pick<StoreContext, 'dialect' | 'seal'>,
  trx: Knex.Transaction,
  { kind, entry }: ChainName,
  lines: readonly NewLine[],
): Promise<void> {
  if (lines.length === 0) return
  let { seq, hash } = await holdHead(context, trx, { kind, entry })
  const rows = lines.map((line) => {
    const commitment = line.sealed && commitmentOf(line.sealed)
    const row = { ...line, seq: ++seq, commitment, previous: hash }
    hash = hashLine(row)
    return { ...row, hash }
  })
  const [mac] = headMacs(context.seal, { kind, entry, seq, hash })
  await context.dialect.both(
    trx<AuditRow>('emrex_audit').insert(rows),
    trx<HeadRow>('emrex_audit_head').where({ kind, entry }).update({ seq, hash, mac }),
  )
}

/** The end of a chain, which stays as it is until the transaction ends. A chain that nobody began is begun. */
export async function holdHead(
  { dialect, seal }: Pick<StoreContext, 'dialect' | 'seal'>,
  trx: Knex.Transaction,
  name: ChainName,
): Promise<Pick<HeadRow, 'seq' | 'hash' | 'mac'>> {
  const { kind, entry } = name
  const heads = () => trx<HeadRow>('emrex_audit_head')
  const read = () => dialect.lockRows(heads().where({ kind, entry }).select<HeadRow[]>('seq', 'hash', 'mac'))
  let [head] = await read()
  if (head === undefined) {
    const empty = { kind, entry, seq: 0, hash: beginning }
    const [mac] = headMacs(seal, empty)
    await heads()
      .insert({ ...empty, mac })
      .onConflict(['kind', 'entry'])
      .ignore()
    ;[head] = await read()
  }
  return { ...head!, seq: Number(head!.seq) }
}
