import type { SisConnection } from '@emrex-gateway/core'
import { openFor } from './contract-on.js'
import type { Place, PlaceUser } from './place.js'

interface Visit {
  readonly role?: 'reader' | 'importer'
  /** Views of another prefix. */
  readonly other?: { readonly prefix: string; readonly views: readonly string[] }
  /** More settings. */
  readonly more?: object
}

/** Works with a connection of a new user; both are gone afterwards, whatever happens. */
export async function withConnection<T>(
  place: Place,
  { role = 'reader', other, more = {} }: Visit,
  work: (connection: SisConnection, user: PlaceUser) => Promise<T>,
): Promise<T> {
  const user = await place.user(role, other)
  const connection = await openFor(user, more)
  try {
    return await work(connection, user)
  } finally {
    await user.close()
    await connection.close()
  }
}
