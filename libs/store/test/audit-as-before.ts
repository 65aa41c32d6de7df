import type { Knex } from 'knex'

/** Takes a database back to the schema of before there were chains. Gives how many lines of evidence it holds. */
export async function auditAsBefore(knex: Knex): Promise<number> {
  // What came after the chains goes too.
  for (const table of ['emrex_limit', 'emrex_count', 'emrex_count_note']) await knex.raw(`drop table ${table}`)
  await knex.raw('alter table emrex_transfer drop column counted')
  for (const index of ['emrex_audit_by_staff', 'emrex_audit_by_place']) await knex.raw(`drop index ${index}`)
  for (const table of ['emrex_audit_head', 'emrex_audit_checkpoint']) await knex.raw(`drop table ${table}`)
  for (const column of ['seq', 'commitment', 'removed', 'previous', 'hash'])
    await knex.raw(`alter table emrex_audit drop column ${column}`)
  await knex('emrex_schema').update({ version: 2 })
  const [row] = await knex('emrex_audit').count<{ number: number | string }[]>({ number: '*' })
  return Number(row?.number)
}
