import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { parse } from 'yaml'
import { eidasSettings, profiles } from '../src/index.js'
import { handWritten, writtenFromProfiles } from './identity-page.js'

const file = fileURLToPath(new URL('../../../docs/identity.md', import.meta.url))
const text = () => readFileSync(file, 'utf8')

describe('docs/identity.md', () => {
  it('is what the profiles give (EMREX_WRITE_DOCS=1 writes it)', async () => {
    const page = handWritten(text()) + writtenFromProfiles()
    const formatted = await format(page, { ...(await resolveConfig(file)), parser: 'markdown' })
    if (process.env['EMREX_WRITE_DOCS'] === '1') writeFileSync(file, formatted)
    expect(text()).toBe(formatted)
  })

  it('says of every profile what to order from whom, and of no other', () => {
    const [, orders = ''] = /## What to order from whom\n([^]*?)\n## /.exec(text()) ?? []
    expect([...orders.matchAll(/^\| `([^`]+)` +\| \S.*\S +\| \S/gm)].map(([, id]) => id)).toEqual(
      profiles.map(({ id }) => id),
    )
  })

  it.each([
    ['docs/identity.md', file],
    ['README.md', fileURLToPath(new URL('../README.md', import.meta.url))],
  ])('shows settings that are taken, as does the README: %s', (_name, page) => {
    const [, example = ''] = /^ *```yaml\n([^]*?)^ *```/m.exec(readFileSync(page, 'utf8')) ?? []
    const read = parse(example) as Logins | { readonly logins: Logins }
    const logins = 'logins' in read ? read.logins : read
    expect(new Set(logins.map(({ plugin }) => plugin))).toEqual(new Set(['eidas']))
    for (const { settings } of logins) expect(eidasSettings.safeParse(settings).error?.issues ?? []).toEqual([])
  })
})

type Logins = readonly { readonly plugin: string; readonly settings: unknown }[]
