import type { StoreContext } from './store-context.js'

interface OnceRow {
  readonly hash: Uint8Array
  readonly expires_at: number
}

/** Notes a value within its scope; false where it stands there already and its time is not over. */
export async function once(context: StoreContext, scope: string, value: string, until: number): Promise<boolean> {
  const { knex, dialect, seal, now } = context
  const [hash, ...previous] = seal.hashes(['once', scope, value])
  await knex<OnceRow>('emrex_once').where({ hash }).where('expires_at', '<=', now()).delete()
  // The primary key guards the present seal key only; what was noted before the key was changed counts too.
  if (previous.length > 0) {
    const before = await knex<OnceRow>('emrex_once').whereIn('hash', previous).where('expires_at', '>', now()).first()
    if (before !== undefined) return false
  }
  try {
    await knex<OnceRow>('emrex_once').insert({ hash, expires_at: until })
    return true
  } catch (error) {
    if (dialect.isUniqueViolation(error)) return false
    throw error
  }
}
