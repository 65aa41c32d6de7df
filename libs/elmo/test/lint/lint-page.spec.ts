import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { lintPage } from './lint-page.js'

const file = fileURLToPath(new URL('../../../../docs/elmo-lint.md', import.meta.url))

describe('docs/elmo-lint.md', () => {
  it('is what the rules give (EMREX_WRITE_LINT_PAGE=1 writes it)', async () => {
    const page = await format(lintPage(), { ...(await resolveConfig(file)), parser: 'markdown' })
    if (process.env['EMREX_WRITE_LINT_PAGE'] === '1') writeFileSync(file, page)
    expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(page)
  })
})
