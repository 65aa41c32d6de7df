import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runReadmeExample } from '@emrex-gateway/testing'
import { firstTransfer } from './main.js'
import { startTown } from './start-town.js'

describe('the README of the town', () => {
  it('has an example that runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-town-'))
    const modules = { '@emrex-gateway/town': { firstTransfer, startTown } }
    const { told } = await runReadmeExample(new URL('../README.md', import.meta.url), modules, { folder })
    expect(told).toMatch(/^First transfer: .+ verified, matched and handed over\.$/)
    rmSync(folder, { recursive: true })
  }, 120_000)
})
