import type { Knex } from 'knex'

/** Exchanges the sealed values of two records, as somebody with the database could. */
export async function swapSealed(knex: Knex, what: 'state' | 'body', first: string, second: string): Promise<void> {
  const [table, key] = what === 'state' ? ['emrex_transfer', 'id'] : ['emrex_body', 'transfer']
  const sealedOf = async (id: string) => (await knex(table).where(key, id).pluck<Uint8Array[]>('sealed'))[0]
  const values = [await sealedOf(first), await sealedOf(second)]
  await knex(table).where(key, first).update({ sealed: values[1] })
  await knex(table).where(key, second).update({ sealed: values[0] })
}
