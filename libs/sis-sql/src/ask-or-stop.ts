import { setTimeout as wait } from 'node:timers/promises'
import type { Knex } from 'knex'

/** What knex does with connections below its public interface. */
interface Client {
  acquireConnection(): Promise<PooledConnection>
  releaseConnection(connection: PooledConnection): Promise<unknown>
  cancelQuery(connection: PooledConnection): Promise<unknown>
}
interface PooledConnection {
  __knex__disposed?: unknown
}

const patienceMs = 2000

/**
 * Asks on a connection of its own. When the signal stops it, the answer is the signal's reason at once; behind that the
 * database is told to stop too, and the connection is not used again: a stop that comes late would hit the next question.
 */
export async function askOrStop<T>(
  knex: Knex,
  canCancel: boolean,
  signal: AbortSignal,
  question: (knex: Knex, connection: unknown) => Promise<T>,
): Promise<T> {
  const client = knex.client as Client
  const stopped = untilStopped(signal)
  try {
    const acquired = client.acquireConnection()
    const connection = await Promise.race([acquired, stopped.promise]).catch((error: unknown) => {
      // It may still come, to nobody.
      acquired.then(
        (late) => client.releaseConnection(late),
        () => {},
      )
      throw error
    })
    const answer = question(knex, connection)
    const settled = answer.then(
      () => {},
      () => {},
    )
    try {
      return await Promise.race([answer, stopped.promise])
    } finally {
      if (signal.aborted) {
        connection.__knex__disposed = 'stopped'
        void stop(client, canCancel, connection, settled)
      } else await client.releaseConnection(connection)
    }
  } finally {
    stopped.forget()
  }
}

async function stop(
  client: Client,
  canCancel: boolean,
  connection: PooledConnection,
  settled: Promise<void>,
): Promise<void> {
  const patience = new AbortController()
  try {
    if (canCancel) await client.cancelQuery(connection)
    await Promise.race([settled, wait(patienceMs, undefined, { signal: patience.signal, ref: false })])
  } catch {
    // The server cannot be reached: its own time limit ends the query.
  } finally {
    patience.abort()
    await client.releaseConnection(connection)
  }
}

/** A promise that only ever rejects, with the reason of the signal. */
function untilStopped(signal: AbortSignal): { promise: Promise<never>; forget: () => void } {
  let onAbort = () => {}
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  promise.catch(() => {})
  return { promise, forget: () => signal.removeEventListener('abort', onAbort) }
}
