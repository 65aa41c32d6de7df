import { once } from 'node:events'
import { sqliteDrivers } from '@emrex-gateway/knex-sqlite'
import { sqlitePlace } from './sqlite-place.js'

const key = new Uint8Array(32).fill(7)

describe.each(sqliteDrivers())('openStore on %s', (driver) => {
  it('makes its tables once when several processes start on an empty file at the same time', async () => {
    const place = await sqlitePlace(driver)
    const writers = Array.from({ length: 4 }, () => place.startWriter(key))
    // A writer that could not open the store exits without a word, and `end` comes in place of `data`.
    const began = await Promise.all(writers.map(({ stdout }) => firstOf(stdout!)))
    for (const writer of writers) {
      writer.kill('SIGKILL')
      if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit')
    }
    expect(began).toEqual(['data', 'data', 'data', 'data'])
    const store = await place.open({ key, now: Date.now })
    await store.ping()
    await store.close()
    await place.remove()
  }, 180_000)
})

function firstOf(stream: NodeJS.ReadableStream): Promise<'data' | 'end'> {
  return new Promise((resolve) => {
    stream.once('data', () => resolve('data'))
    stream.once('end', () => resolve('end'))
  })
}
