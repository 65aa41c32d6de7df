import type { Knex } from 'knex'
import type { StoreContext } from '../store-context.js'
import { headMacs } from './chain-proofs.js'
import type { AuditRow, ChainName, HeadRow } from './chain-rows.js'
import { beginning, commitmentOf, hashLine } from './hash-line.js'

const batch = 500

/** Gives the lines of before there were chains their places, in the order in which they were written, some at a time. */
export async function chainOldLines(
  { dialect, seal }: Pick<StoreContext, 'dialect' | 'seal'>,
  trx: Knex.Transaction,
): Promise<void> {
  const ends = new Map<string, Omit<HeadRow, 'mac'>>()
  const { integer, bytes } = dialect
  const tuple = `(cast(? as ${integer}), cast(? as ${integer}), cast(? as ${bytes}), cast(? as ${bytes}), cast(? as ${bytes}))`
  for (let after = 0; ;) {
    const lines = await trx<AuditRow>('emrex_audit').where('number', '>', after).orderBy('number').limit(batch)
    if (lines.length === 0) break
    const last = Number(lines.at(-1)!.number)
    const values = lines.flatMap((line) => {
      const { kind, entry, sealed } = line
      const name = JSON.stringify([kind, entry] satisfies [ChainName['kind'], string])
      const { seq: before, hash: previous } = ends.get(name) ?? { seq: 0, hash: beginning }
      const commitment = sealed && commitmentOf(sealed)
      const seq = before + 1
      const hash = hashLine({ ...line, seq, previous, commitment })
      ends.set(name, { kind, entry, seq, hash })
      return [Number(line.number), seq, commitment, previous, hash]
    })
    await trx.raw(
      `with placed (number, seq, commitment, previous, hash) as (values ${lines.map(() => tuple).join(', ')})
       update emrex_audit set seq = placed.seq, commitment = placed.commitment, previous = placed.previous,
         hash = placed.hash from placed where emrex_audit.number = placed.number
         and emrex_audit.number between ? and ?`,
      // The bounds keep a database from going through all lines for each batch.
      [...values, Number(lines[0]!.number), last] as Knex.RawBinding[],
    )
    after = last
  }
  const heads = [...ends.values()].map((end) => ({ ...end, mac: headMacs(seal, end)[0] }))
  for (const head of heads) await trx<HeadRow>('emrex_audit_head').insert(head)
}
