import type { CopyCache } from '@emrex-gateway/core'
import type { StoreContext } from './store-context.js'

interface CopyRow {
  readonly name: string
  readonly body: Uint8Array
  readonly etag: string | null
  readonly fetched_at: number
}

/** Copies of fetched lists. They are public, so they are not sealed. */
export function copyCache({ knex }: StoreContext): CopyCache {
  return {
    async get(name) {
      const row = await knex<CopyRow>('emrex_copy').where({ name }).first()
      if (row === undefined) return undefined
      return { body: row.body, fetchedAt: Number(row.fetched_at), ...(row.etag !== null && { etag: row.etag }) }
    },
    async put(name, { body, etag, fetchedAt }) {
      const row = { name, body: Buffer.from(body), etag: etag ?? null, fetched_at: fetchedAt }
      await knex<CopyRow>('emrex_copy').insert(row).onConflict('name').merge()
    },
  }
}
