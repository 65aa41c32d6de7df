import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { table } from '../src/grammar/table.js'
import { formatPage } from './format-page.js'

const file = fileURLToPath(new URL('../../../docs/elmo-format.md', import.meta.url))

describe('docs/elmo-format.md', () => {
  it('is what the table gives (EMREX_WRITE_DOCS=1 writes it)', async () => {
    const page = await format(formatPage(), { ...(await resolveConfig(file)), parser: 'markdown' })
    if (process.env['EMREX_WRITE_DOCS'] === '1') writeFileSync(file, page)
    expect(readFileSync(file, 'utf8')).toBe(page)
  })

  it('explains every type of the table', () => {
    const page = formatPage()
    expect(Object.keys(table).filter((type) => !page.includes(`### ${type}\n`))).toEqual([])
  })
})
