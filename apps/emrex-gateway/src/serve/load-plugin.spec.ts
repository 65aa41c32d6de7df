import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadPlugin } from './load-plugin.js'

describe('loadPlugin', () => {
  it.each([
    ['main', { main: './dist/index.js' }],
    ['exports', { exports: { default: './dist/index.js' } }],
  ])('says of a package that is installed and was not built that its file is missing (%s)', async (_, manifest) => {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-plugin-'))
    try {
      mkdirSync(join(folder, 'node_modules/campus-sis'), { recursive: true })
      const text = JSON.stringify({ name: 'campus-sis', version: '1.0.0', ...manifest })
      writeFileSync(join(folder, 'node_modules/campus-sis/package.json'), text)
      const load = loadPlugin('campus-sis', join(folder, 'settings.yaml'), ['sql'])
      await expect(load).rejects.toThrow(/"campus-sis" is installed, but .* is not there/)
      await expect(loadPlugin('other', join(folder, 'settings.yaml'), ['sql'])).rejects.toThrow(/no plugin "other"/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
