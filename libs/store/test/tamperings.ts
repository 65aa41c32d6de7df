import type { Knex } from 'knex'
import { headMacs } from '../src/audit-chain/chain-proofs.js'
import type { AuditRow, HeadRow } from '../src/audit-chain/chain-rows.js'
import { hashLine } from '../src/audit-chain/hash-line.js'
import { Seal } from '../src/seal.js'
import type { Checkpoint } from '../src/index.js'
import { canary, key } from './audit-scene.js'

export interface Chance {
  /** 0 … below − 1. */
  below(limit: number): number
}

/** A generator whose numbers are the same in each run (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
    },
  }
}

/** A change that somebody with the database could make. `kept`: only who kept checkpoints outside can see it. */
export interface Tampering {
  readonly name: string
  readonly kept?: true
  readonly make: (knex: Knex, chance: Chance) => Promise<void>
}

const pick = <Item>(items: readonly Item[], chance: Chance): Item => items[chance.below(items.length)]!
const linesOf = (knex: Knex, entry: string): Promise<AuditRow[]> =>
  knex<AuditRow>('emrex_audit').where({ entry }).orderBy('seq')
const someLines = (knex: Knex, chance: Chance) => linesOf(knex, pick(['main', 'other'], chance))
const update = (knex: Knex, { number }: Pick<AuditRow, 'number'>, change: Partial<AuditRow>) =>
  knex<AuditRow>('emrex_audit').where({ number }).update(change)

const flipped = (bytes: Uint8Array, chance: Chance): Buffer => {
  const copy = Buffer.from(bytes)
  const place = chance.below(copy.length)
  copy[place] = copy[place]! ^ (1 << chance.below(8))
  return copy
}

type Change = (line: AuditRow, chance: Chance) => Partial<AuditRow>
const otherBytes = (bytes: Uint8Array | null, chance: Chance) =>
  bytes === null ? Buffer.alloc(32, 1) : flipped(bytes, chance)

const changes: Readonly<Record<string, Change>> = {
  id: (_, chance) => ({ id: `id-${chance.below(1000)}` }),
  at: ({ at }, chance) => ({ at: Number(at) - 1 - chance.below(1000) }),
  kind: () => ({ kind: 'case' }),
  entry: () => ({ entry: 'elsewhere' }),
  transfer: () => ({ transfer: canary }),
  event: ({ event }) => ({ event: event === 'case.refused' ? 'case.accepted' : 'case.refused' }),
  code: ({ code }) => ({ code: code === null ? 'COMPLETED' : null }),
  facts: () => ({ facts: JSON.stringify({ name: canary }) }),
  sealed: ({ sealed }, chance) => ({ sealed: otherBytes(sealed, chance) }),
  commitment: ({ commitment }, chance) => ({ commitment: otherBytes(commitment, chance) }),
  removed: ({ removed }, chance) => ({ removed: otherBytes(removed, chance) }),
  previous: ({ previous }, chance) => ({ previous: flipped(previous, chance) }),
  hash: ({ hash }, chance) => ({ hash: flipped(hash, chance) }),
  seq: ({ seq }) => ({ seq: Number(seq) + 100 }),
}

/** Makes every line from here on fit again, and the end; with the key, also the proof of the end. */
async function rewrite(knex: Knex, entry: string, withKey: boolean): Promise<void> {
  const lines = await linesOf(knex, entry)
  const first = lines[0]!
  let end = { seq: Number(first.seq) - 1, hash: first.previous }
  for (const line of lines) {
    const row = { ...line, seq: end.seq + 1, previous: end.hash }
    end = { seq: row.seq, hash: hashLine(row) }
    await update(knex, line, { seq: row.seq, previous: row.previous, hash: end.hash })
  }
  const mac = withKey ? { mac: headMacs(new Seal({ key }), { kind: 'smp', entry, ...end })[0] } : {}
  await knex<HeadRow>('emrex_audit_head')
    .where({ entry })
    .update({ ...end, ...mac })
}

export const tamperings: readonly Tampering[] = [
  ...Object.entries(changes).map(([column, change]): Tampering => ({
    name: `another ${column}`,
    make: async (knex, chance) => {
      const line = pick(await someLines(knex, chance), chance)
      await update(knex, line, change(line, chance))
    },
  })),
  {
    name: 'name and reason of staff taken out',
    make: async (knex) => void (await knex<AuditRow>('emrex_audit').whereNotNull('sealed').update({ sealed: null })),
  },
  {
    name: 'a line deleted',
    make: async (knex, chance) => {
      const { number } = pick(await someLines(knex, chance), chance)
      await knex('emrex_audit').where({ number }).delete()
    },
  },
  {
    name: 'the first lines deleted',
    make: async (knex, chance) => {
      const lines = await someLines(knex, chance)
      const { entry, seq } = lines[chance.below(lines.length - 1)]!
      await knex('emrex_audit').where({ entry }).where('seq', '<=', seq).delete()
    },
  },
  ...(['seq', 'number'] as const).map((column): Tampering => ({
    name: `two lines swapped by their ${column}`,
    make: async (knex, chance) => {
      const lines = await someLines(knex, chance)
      const one = chance.below(lines.length)
      const other = (one + 1 + chance.below(lines.length - 1)) % lines.length
      const [a, b] = [lines[one]!, lines[other]!]
      const where = (value: number) => knex('emrex_audit').where({ entry: a.entry, [column]: value })
      // PostgreSQL gives no number of its own choice to a row that is there: the rows are written anew.
      if (column === 'seq') {
        await where(a.seq).update({ seq: 1_000_000 })
        await where(b.seq).update({ seq: a.seq })
        await where(1_000_000).update({ seq: b.seq })
      } else {
        const strip = ({ number: _, ...row }: AuditRow) => row
        await where(a.number).delete()
        await where(b.number).update(strip(a))
        await knex('emrex_audit').insert(strip(b))
      }
    },
  })),
  {
    name: 'a line put in at the end',
    make: async (knex, chance) => {
      const { number: _, ...last } = (await someLines(knex, chance)).at(-1)!
      const row = { ...last, id: 'put-in', seq: Number(last.seq) + 1, previous: last.hash }
      await knex<AuditRow>('emrex_audit').insert({ ...row, hash: hashLine(row) })
    },
  },
  {
    name: 'a line put in without a place',
    make: async (knex, chance) => {
      const { number: _, ...line } = pick(await someLines(knex, chance), chance)
      await knex('emrex_audit').insert({ ...line, id: 'put-in', seq: null })
    },
  },
  {
    name: 'the end cut off',
    make: async (knex, chance) => {
      const lines = await someLines(knex, chance)
      const { entry, seq } = lines[chance.below(lines.length)]!
      await knex('emrex_audit').where({ entry }).where('seq', '>=', seq).delete()
    },
  },
  {
    name: 'a chain made to fit again without the key',
    make: async (knex, chance) => {
      const line = pick(await someLines(knex, chance), chance)
      await update(knex, line, changes['facts']!(line, chance))
      await rewrite(knex, line.entry, false)
      await knex('emrex_audit_checkpoint').where({ purpose: 'end' }).delete()
    },
  },
  {
    name: 'a chain made to fit again with the key, and its checkpoints left',
    make: async (knex, chance) => {
      const line = (await someLines(knex, chance))[0]!
      await update(knex, line, changes['facts']!(line, chance))
      await rewrite(knex, line.entry, true)
    },
  },
  {
    name: 'a chain made to fit again with the key, and its checkpoints deleted',
    kept: true,
    make: async (knex, chance) => {
      const line = (await someLines(knex, chance))[0]!
      await update(knex, line, changes['facts']!(line, chance))
      await rewrite(knex, line.entry, true)
      await knex('emrex_audit_checkpoint').where({ purpose: 'end' }).delete()
    },
  },
  {
    name: 'the end cut off with the key, and its checkpoints deleted',
    kept: true,
    make: async (knex, chance) => {
      const { number, entry } = (await someLines(knex, chance)).at(-1)!
      await knex('emrex_audit').where({ number }).delete()
      await rewrite(knex, entry, true)
      await knex('emrex_audit_checkpoint').where({ purpose: 'end' }).delete()
    },
  },
  {
    name: 'a whole chain deleted with all that speaks of it',
    kept: true,
    make: async (knex, chance) => {
      const entry = pick(['main', 'other'], chance)
      for (const table of ['emrex_audit', 'emrex_audit_head', 'emrex_audit_checkpoint'])
        await knex(table).where({ entry }).delete()
    },
  },
  ...(['seq', 'hash', 'at', 'signer', 'signature', 'purpose', 'entry'] as const).map((column): Tampering => ({
    name: `another ${column} of a checkpoint`,
    make: async (knex, chance) => {
      const found = pick(await knex<Checkpoint>('emrex_audit_checkpoint').orderBy(['entry', 'seq', 'purpose']), chance)
      const { kind, entry, seq, purpose } = found
      const changed: Partial<Checkpoint> = {
        seq: { seq: Number(seq) + 50 },
        hash: { hash: flipped(found.hash, chance) },
        at: { at: Number(found.at) + 1 },
        signer: { signer: 'key:00' },
        signature: { signature: flipped(found.signature, chance) },
        purpose: { purpose: purpose === 'end' ? ('begin' as const) : ('end' as const) },
        entry: { entry: 'elsewhere' },
      }[column]
      const ofLine = () => knex<Checkpoint>('emrex_audit_checkpoint').where({ kind, entry, seq })
      if (column === 'purpose') await ofLine().whereNot({ purpose }).delete()
      await ofLine().where({ purpose }).update(changed)
    },
  })),
  ...(['seq', 'hash', 'mac'] as const).map((column): Tampering => ({
    name: `another ${column} of the end`,
    make: async (knex, chance) => {
      const head = pick(await knex<HeadRow>('emrex_audit_head').orderBy('entry'), chance)
      const changed = column === 'seq' ? { seq: Number(head.seq) - 1 } : { [column]: flipped(head[column], chance) }
      await knex<HeadRow>('emrex_audit_head').where({ entry: head.entry }).update(changed)
    },
  })),
  {
    name: 'the note of an end deleted',
    make: async (knex, chance) => {
      await knex('emrex_audit_head')
        .where({ entry: pick(['main', 'other'], chance) })
        .delete()
    },
  },
]
