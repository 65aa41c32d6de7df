import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { inspectAudit, openPostgres } from '@emrex-gateway/store'
import { universities } from '@emrex-gateway/town'
import { readOwn } from '../../src/database/with-database.js'
import type { ProcessTown } from './process-town.js'

type Knex = ReturnType<typeof openPostgres>

/** What lies in the gateway's own database and in the student systems about imports. */
export interface Outcome {
  /** Keys of decided imports, as the jobs have them: each is the id of a delivery. */
  readonly decided: readonly string[]
  /** Those of them that are not brought to the SIS yet. */
  readonly open: readonly string[]
  /** Ids of the deliveries in all student systems. */
  readonly imported: readonly string[]
  /** The audit events of every transfer, in order. */
  readonly events: ReadonlyMap<string, readonly string[]>
  /** The state of every transfer at home. */
  readonly states: ReadonlyMap<string, string>
  /** What is wrong with the chains of evidence. */
  readonly audit: readonly string[]
  /** What points to people in the logs of all instances. */
  readonly canaries: readonly string[]
}

/** Opens the gateway's own database beside it, to look. */
export function openBeside({ database }: ProcessTown): Knex {
  return 'url' in database
    ? openPostgres({ url: database.url, maxConnections: 1 })
    : openSqlite({ file: database.file, readOnly: true })
}

/** Reads both sides as they lie on the disk, beside whatever runs. */
export async function lookAtOutcome(under: ProcessTown): Promise<Outcome> {
  const knex = openBeside(under)
  try {
    const jobs = (await knex('emrex_job').where('queue', 'like', 'deliver:%').select('name', 'state')) as {
      name: string
      state: string
    }[]
    const lines = (await knex('emrex_audit').orderBy('number').select('transfer', 'event')) as {
      transfer: string
      event: string
    }[]
    const states = (await knex('emrex_transfer').where({ kind: 'smp' }).select('id', 'state')) as {
      id: string
      state: string
    }[]
    const events = new Map<string, string[]>()
    for (const { transfer, event } of lines) events.set(transfer, [...(events.get(transfer) ?? []), event])
    return {
      decided: jobs.map(({ name }) => name),
      open: jobs.filter(({ state }) => state !== 'done').map(({ name }) => name),
      imported: await importedIn(under.town.folder),
      events,
      states: new Map(states.map(({ id, state }) => [id, state])),
      audit: await auditProblems(under, knex),
      canaries: under.instances.flatMap((instance) => instance.canariesInLog()),
    }
  } finally {
    await knex.destroy()
  }
}

async function auditProblems({ instances }: ProcessTown, knex: Knex): Promise<string[]> {
  const { seal, auditSigning } = readOwn(instances[0]!.settingsFile)
  const { problems } = await inspectAudit(knex, seal, auditSigning).verify()
  return problems.map(({ entry, seq, fault, message }) => `${entry}, line ${seq}: ${fault}, ${message}`)
}

async function importedIn(folder: string): Promise<string[]> {
  const all = universities.map(async ({ id }) => {
    const sis = openSqlite({ file: join(folder, `${id}.sqlite`), readOnly: true })
    try {
      return await sis('emrex_import').pluck<string[]>('delivery_id')
    } finally {
      await sis.destroy()
    }
  })
  return (await Promise.all(all)).flat()
}
