import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { silentLog } from '@emrex-gateway/core'
import { KeyRollover } from './key-rollover.js'
import { Metrics } from './metrics.js'

describe('KeyRollover', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-keys-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(['before', 'after'] as const)('reads a file that changed %s the start began', async (when) => {
    const file = join(folder, `${when}.pem`)
    writeFileSync(file, 'the key of then')
    // Longer than the clock of a file system is coarse.
    await wait(20)
    const readAt = Date.now()
    await wait(20)
    if (when === 'after') writeFileSync(file, 'the key of now')
    let read = 0
    const part = { what: 'ncp norway', files: () => [file], apply: async () => void read++ }
    const rollover = new KeyRollover([part], readAt, new Metrics(), silentLog)
    await rollover.check()
    await rollover.check()
    expect(read).toBe(when === 'after' ? 1 : 0)
  })
})
