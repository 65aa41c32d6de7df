import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTown, type Town } from '../start-town.js'

let town: Town
const folder = mkdtempSync(join(tmpdir(), 'emrex-town-'))
beforeAll(async () => {
  town = await startTown({ folder, port: 0, logLevel: 'silent', otherSystems: true })
}, 60_000)
afterAll(async () => {
  await town.stop()
  rmSync(folder, { recursive: true })
})

describe('the universities on other systems', () => {
  it.each(['norrberg', 'pierwszy', 'forste', 'suomi', 'views', 'vendor'])('%s is in order', async (id) => {
    const context = { signal: AbortSignal.timeout(20_000), languages: ['en'], reference: 'test' }
    expect(await town.gateway.systems.get(id)!.check(context)).toMatchObject({ ok: true })
  })
})
