import type { Knex } from 'knex'
import { inspectAudit } from '../src/index.js'

/** Verifies the chains of evidence as a command would that runs next to the gateway, and closes the connection. */
export async function verifiedAudit(knex: Knex, key: Uint8Array) {
  try {
    const { chains, problems } = await inspectAudit(knex, { key }).verify()
    return {
      lines: chains.reduce((sum, { lines }) => sum + lines, 0),
      problems: problems.map(({ kind, entry, seq, fault }) => `${kind}/${entry} ${seq}: ${fault}`),
    }
  } finally {
    await knex.destroy()
  }
}
