import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { defaults } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { openStore } from '@emrex-gateway/store'

const page = readFileSync(new URL('../../../docs/privacy.md', import.meta.url), 'utf8')
const section = (title: string) => page.split(`## ${title}\n`)[1]!.split('\n## ')[0]!
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()))

/** Of every period in the numbers, those that say how long something about a person is kept. */
const keepsSomething =
  /^(smpTransfer|ncp(Idle|Longest)|sealedBody|endedTransfer|transferCookie|history|(ended)?[cC]ase(Days)|staffSession|proof(Code|Lock)(Minutes|Hours)|link|tidy|evidence|doneJob)/

describe('docs/privacy.md', () => {
  it('says each period as the gateway has it, in its unit', () => {
    const said = rowsOf(section('Periods')).map(([, name, value]) => {
      const [, number, unit] = /^(\d+) ([a-z]+)/.exec(value!) ?? []
      return [name!.replaceAll('`', ''), Number(number), unit]
    })
    const unitOf = (name: string) => /(Minutes|Hours|Days|Seconds|Receipts)$/.exec(name)![1]!.toLowerCase()
    const real = Object.entries(defaults)
      .filter(([name]) => keepsSomething.test(name))
      .map(([name, value]) => [name, value, unitOf(name)])
    expect(said.sort()).toEqual(real.sort())
  })

  it('says how long in no other words than the names of the periods', () => {
    const periods = new Set(rowsOf(section('Periods')).map(([, name]) => name))
    const named = rowsOf(section('What there is, and where')).flatMap(
      (row) => row.join('|').match(/`[a-zA-Z]+(Minutes|Hours|Days)`/g) ?? [],
    )
    expect(named.filter((name) => !periods.has(name))).toEqual([])
    expect(named.length).toBeGreaterThan(10)
  })

  it('names everything that lies beside a transfer', () => {
    const text = section('What there is, and where')
    const bodies = ['login-session', 'results', 'document', 'answer', 'message', 'receipt']
    expect(bodies.filter((name) => !text.includes(`\`emrex_body\`, \`${name}\``))).toEqual([])
  })

  it('says of a person who waits for staff, and of what is never forgotten, that it stays', () => {
    const howLong = (what: string) =>
      rowsOf(section('What there is, and where')).find(([, data]) => data!.startsWith(what))?.[5]
    // The states `needs-staff` and `decided` hold the person; the mark of an imported document has no end (`forGood`).
    expect(howLong('name, birth date')).toMatch(/`caseDays`.*delivered or refused/)
    expect(howLong('session ids')).toContain('imported: always')
  })

  it('names every table of the database', async () => {
    const knex = openSqlite({ file: ':memory:' })
    const store = await openStore({ knex, seal: { key: randomBytes(32) }, now: () => Date.now() })
    const tables = (await knex('sqlite_master').where({ type: 'table' }).select<{ name: string }[]>('name'))
      .map(({ name }) => name)
      .filter((name) => name.startsWith('emrex_'))
    await store.close()
    const cells = rowsOf(section('What there is, and where')).map(([, , , where]) => where!)
    const named = new Set(cells.flatMap((cell) => cell.match(/emrex_[a-z_]+/g) ?? []))
    expect([...named].sort()).toEqual(tables.sort())
  })
})
