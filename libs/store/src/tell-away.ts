import { EmrexError } from '@emrex-gateway/core'
import type { Dialect } from './dialect.js'

/** What knex says when no connection came free in time, or none is given any more. */
const noConnection = /Timeout acquiring a connection|Unable to acquire a connection/

/** Words of drivers alone: never a value, an address or a statement. */
const nameOf = (error: unknown): string => {
  const { code, errcode, name } = (error ?? {}) as { code?: unknown; errcode?: unknown; name?: unknown }
  const said = String(typeof code === 'string' && code !== 'ERR_SQLITE_ERROR' ? code : (errcode ?? name))
  // `pg` has no code for a connection that ended.
  return /^\w{1,40}$/.test(said) && said !== 'Error' ? said : 'connection lost'
}

function told({ isAway }: Dialect, error: unknown): unknown {
  if (error instanceof EmrexError) return error
  const isOfPool = noConnection.test(String((error as { message?: unknown } | undefined)?.message))
  if (!isOfPool && !isAway(error)) return error
  return new EmrexError('STORE_UNAVAILABLE', `the database cannot be used just now (${nameOf(error)})`, {
    cause: error,
  })
}

/** The same part of a store; where the database cannot be used at this moment, it throws STORE_UNAVAILABLE. */
export function tellAway<Part extends object>(part: Part, dialect: Dialect): Part {
  const members = Object.entries(part).map(([name, member]) => [name, withWord(member as unknown, dialect)] as const)
  return Object.fromEntries(members) as Part
}

function withWord(member: unknown, dialect: Dialect): unknown {
  if (typeof member !== 'function') return member
  return (...of: unknown[]): unknown => {
    const answer: unknown = (member as (...of: unknown[]) => unknown)(...of)
    if (typeof (answer as { then?: unknown } | undefined)?.then !== 'function') return answer
    return Promise.resolve(answer).catch((error: unknown) => {
      throw told(dialect, error)
    })
  }
}
