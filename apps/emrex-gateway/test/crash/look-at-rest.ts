import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { UniversityId } from '@emrex-gateway/town'

/** What lies on the disk about one decided import while no process runs. */
export interface AtRest {
  /** State of the transfer. */
  readonly state: string
  readonly job: { readonly key: string; readonly state: string; readonly attempts: number }
  /** Rows in the student system under the key of the job. */
  readonly imports: number
}

/** Reads both databases as they were left, and changes nothing in them. */
export async function lookAtRest(folder: string, home: UniversityId, transferId: string): Promise<AtRest> {
  const gateway = openSqlite({ file: join(folder, 'gateway.sqlite'), readOnly: true })
  const sis = openSqlite({ file: join(folder, `${home}.sqlite`), readOnly: true })
  try {
    const [transfer] = (await gateway('emrex_transfer').where({ id: transferId })) as { state: string }[]
    const [job] = (await gateway('emrex_job').where({ payload: JSON.stringify({ transfer: transferId }) })) as {
      name: string
      state: string
      attempts: number
    }[]
    if (transfer === undefined || job === undefined) throw new Error('a decision without its transfer or its job')
    const rows = await sis('emrex_import').where({ delivery_id: job.name })
    const { name: key, state, attempts } = job
    return { state: transfer.state, job: { key, state, attempts }, imports: rows.length }
  } finally {
    await gateway.destroy()
    await sis.destroy()
  }
}
