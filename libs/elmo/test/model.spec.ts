import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { modelSource } from './model-source.js'

const file = fileURLToPath(new URL('../src/model.ts', import.meta.url))

describe('model.ts', () => {
  it('is what the table gives (EMREX_WRITE_MODEL=1 writes it)', async () => {
    const source = await format(modelSource(), { ...(await resolveConfig(file)), parser: 'typescript' })
    if (process.env['EMREX_WRITE_MODEL'] === '1') writeFileSync(file, source)
    expect(readFileSync(file, 'utf8')).toBe(source)
  })
})
