import { ddlFor, ddlStatements } from './ddl-for.js'
import { contractRules } from './view-contract.js'
import type { SqlClient } from './sql-settings.js'

const clients: readonly SqlClient[] = ['sqlite', 'pg', 'mysql', 'mssql', 'oracledb']

describe('ddlFor', () => {
  it.each(clients)('names every column of every view and table for %s, with a comment', (client) => {
    const statements = ddlStatements(client, 'x_')
    Object.entries(contractRules).forEach(([name, { columns }], index) => {
      const statement = statements[index]!.toLowerCase()
      expect(statement).toMatch(new RegExp(`create (view|table) .x_${name}\\W`))
      for (const column of Object.keys(columns))
        expect(statement).toMatch(new RegExp(`["\`[]${column}["\`\\]][^\\n]* -- (required|optional)`))
    })
    expect(statements).toHaveLength(Object.keys(contractRules).length)
  })

  it('says what an owner must know: what is required, what may be left out, and the rights to grant', () => {
    const script = ddlFor('pg')
    expect(script).toContain('cast(null as text) as "person_key", -- required, never empty: the key of the person')
    expect(script).toContain('-- Each row is a document. The view may be left out.')
    expect(script).toContain('-- grant select on "emrex_result" to emrex_gateway;')
    expect(script).toContain('-- grant select, insert on "emrex_import_item" to emrex_gateway;')
    expect(script).not.toContain('Not tried')
  })

  it('says which databases it was never tried on, and writes in their way', () => {
    expect(ddlFor('mssql')).toContain('-- Not tried on a real database of this kind yet.')
    expect(ddlFor('mssql')).toContain('\ngo\n')
    expect(ddlFor('oracledb')).toContain('"EMREX_RESULT"')
    expect(ddlFor('oracledb')).toContain('from dual where 1 = 0')
  })
})
