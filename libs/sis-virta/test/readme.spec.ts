import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordingHost, runReadmeExample } from '@emrex-gateway/testing'
import * as virta from '../src/index.js'

describe('the README of sis-virta', () => {
  it('has an example that runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'virta-'))
    const keyFile = join(folder, 'key')
    writeFileSync(keyFile, 'a key')
    const host = { ...recordingHost({ environment: 'production' }), resolvePath: () => keyFile }
    const modules = { '@emrex-gateway/sis-virta': { ...virta } }
    const { connection } = await runReadmeExample(new URL('../README.md', import.meta.url), modules, { host })
    expect(connection).toMatchObject({ id: 'virta', source: { can: { failed: false } } })
    rmSync(folder, { recursive: true })
  })
})
