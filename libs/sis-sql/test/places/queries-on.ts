import { setTimeout as wait } from 'node:timers/promises'
import { studentOf } from '@emrex-gateway/testing/population'
import { sqlSettings } from '../../src/index.js'
import { lazyDatabase } from '../../src/open-database.js'
import { sisErrorOf } from '../../src/sis-error-of.js'
import { context, subjectOf } from './contract-on.js'
import type { Place } from './place.js'
import { withConnection } from './with-connection.js'

const ada = () => subjectOf(studentOf('ada'))
const passed = { failed: false, inProgress: false }

/** Questions that take too long, and writing, on a server. `running` is SQL that counts what users of the gateway wait for. */
export function queriesOn(name: string, place: () => Place, running: string): void {
  const countOf = async (): Promise<number> => {
    const answer: unknown = await place().owner.raw(running)
    const rows = (answer as { rows?: unknown }).rows ?? (answer as unknown[])[0]
    return Number((rows as { n: unknown }[])[0]!.n)
  }
  const until = async (count: number): Promise<number> => {
    for (let round = 0; round < 50 && (await countOf()) !== count; round++) await wait(100)
    return countOf()
  }

  describe(`questions to ${name}`, () => {
    it(
      'ends a question in the database when it is called off, and asks the next one',
      () =>
        withConnection(place(), { more: { maxConnections: 2 } }, async ({ source }, user) => {
          const [enrolment] = await source!.find(ada(), context)
          await user.is('slow')
          const stop = new AbortController()
          const stoppable = { ...context, signal: stop.signal }
          const waiting = source!.reports(enrolment!, passed, stoppable, ada())[Symbol.asyncIterator]().next()
          waiting.catch(() => {})
          expect(await until(1)).toBe(1)
          stop.abort()
          await expect(waiting).rejects.toMatchObject({ name: 'SisError', kind: 'timeout' })
          // The table is locked still: nothing but the gateway can have ended it.
          expect(await until(0)).toBe(0)
          expect(await source!.find(ada(), context)).toHaveLength(1)
        }),
      60_000,
    )

    it(
      'ends a question that takes longer than the settings allow',
      () =>
        withConnection(place(), { more: { timeoutSeconds: 1 } }, async ({ source }, user) => {
          const [enrolment] = await source!.find(ada(), context)
          await user.is('slow')
          const asked = source!.reports(enrolment!, passed, context, ada())[Symbol.asyncIterator]().next()
          await expect(asked).rejects.toMatchObject({ name: 'SisError', kind: 'timeout' })
          expect(await until(0)).toBe(0)
        }),
      60_000,
    )

    it(
      'reads in sessions that cannot write, whatever the user may do',
      () =>
        withConnection(place(), { role: 'importer' }, async (_, user) => {
          const row = { delivery_id: 'x', person_key: 'x', received_at: 'x', emp: 'x', country: 'x', signature: 'x' }
          const insert = async (target: boolean) => {
            const database = lazyDatabase(sqlSettings.parse({ ...user.settings, target }), 'university', (path) => path)
            try {
              const knex = await database.open()
              await knex('emrex_import').insert({ ...row, match: 'x', state: 'x', elmo_xml: Buffer.from('x') })
            } finally {
              await database.close()
            }
          }
          const refused = await insert(false).catch((error: unknown) => sisErrorOf(error, 'university'))
          expect(refused).toMatchObject({ kind: 'forbidden' })
          await insert(true)
          await place().owner('emrex_import').where({ delivery_id: 'x' }).delete()
        }),
      60_000,
    )
  })
}
