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

export interface AskLimits {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** Another connection can stop a query that runs. */
  readonly canCancel: boolean
}

/**
 * Asks on a connection of its own. When the signal or the time limit stops it, the caller hears so at once; behind that the
 * database is told to stop too, and the connection is not used again: a stop that comes late would hit the next question.
 *
 * @throws the reason of the signal, a DOMException TimeoutError, or what the driver threw
 */
export async function askOrStop<T>(
  knex: Knex,
  { signal, timeoutMs, canCancel }: AskLimits,
  question: (knex: Knex, connection: unknown) => Promise<T>,
): Promise<T> {
  const client = knex.client as Client
  const stopped = untilStopped(signal, timeoutMs)
  try {
    const acquired = client.acquireConnection()
    const connection = await Promise.race([acquired, stopped.promise]).catch((error: unknown) => {
      // It may still come, to nobody.
      acquired.then(
        (late) => release(client, late),
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
      if (stopped.isStopped()) {
        connection.__knex__disposed = 'stopped'
        void stop(client, canCancel, connection, settled)
      } else await release(client, connection)
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
    await release(client, connection)
  }
}

/** Gives a connection back that nobody waits for. The pool may be closed by now, and then it is gone with it. */
async function release(client: Client, connection: PooledConnection): Promise<void> {
  try {
    await client.releaseConnection(connection)
  } catch {
    // There is nothing to give it back to.
  }
}

/** A promise that only ever rejects: with the reason of the signal, or when the time is over. Forget it in the end. */
export function untilStopped(signal: AbortSignal, timeoutMs?: number) {
  let isStopped = false
  let forget = () => {}
  const promise = new Promise<never>((_, reject) => {
    const stop = (reason: unknown) => {
      isStopped = true
      reject(reason as Error)
    }
    const onAbort = () => stop(signal.reason)
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => stop(new DOMException('it took too long', 'TimeoutError')), timeoutMs)
    forget = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  promise.catch(() => {})
  return { promise, isStopped: () => isStopped, forget: () => forget() }
}
