import { describe, expect, it } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import { webFrameworks } from '../layers.mjs'
import { readWorkspace } from '../read-workspace.mjs'
import { walkDoor } from '../walk-door.mjs'

const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url))
const frameworks = webFrameworks.map((pattern) => pattern.replace('/*', ''))
const projects = readWorkspace(workspaceRoot)

// The exceptions stand here once more, by hand: a slip in the table would otherwise hide itself.
const knexOwners = ['@emrex-gateway/knex-sqlite', '@emrex-gateway/store', '@emrex-gateway/sis-sql']
const frameworkFree = projects.filter(
  ({ name, layer }) => !['app', 'tool'].includes(layer ?? '') && name !== '@emrex-gateway/web',
)

describe('walkDoor', () => {
  it.each(frameworkFree.map(({ name, folder }) => [name, folder] as const))(
    'walks the module graph of %s and finds no framework',
    (name, folder) => {
      const reached = [...walkDoor(workspaceRoot, projects, `${folder}/src/index.ts`).keys()]
      const forbidden = knexOwners.includes(name) ? frameworks : [...frameworks, 'knex']
      const found = reached.filter((packageName) => forbidden.some((each) => `${packageName}/`.startsWith(`${each}/`)))
      expect(found).toEqual([])
    },
  )

  it('does see the frameworks where they belong', () => {
    const reached = (door: string) => [...walkDoor(workspaceRoot, projects, door).keys()]
    expect(reached('libs/web/src/nest/index.ts')).toEqual(expect.arrayContaining(['@nestjs/common', 'preact']))
    expect(reached('libs/ncp/src/http/index.ts')).toContain('preact')
    expect(reached('libs/ncp/src/http/index.ts')).not.toContain('@nestjs/common')
  })
})
