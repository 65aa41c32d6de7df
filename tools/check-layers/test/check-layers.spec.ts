import { describe, expect, it } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import { checkLayers } from '../check-layers.mjs'
import { withMiniatureWorkspace } from './miniature-workspace.js'

const breachesWith = (changes: Readonly<Record<string, string>>) => withMiniatureWorkspace(changes, checkLayers)

describe('checkLayers', () => {
  it('finds nothing in a workspace that keeps the rule', () => {
    expect(breachesWith({})).toEqual([])
  })

  it.each([
    ['import', `\n\nimport '@emrex-gateway/core'`, 3],
    ['import of a type', `import type { Match } from '@emrex-gateway/core'`, 1],
    ['export from', `export { match } from '@emrex-gateway/core'`, 1],
    ['import()', `export const load = () =>\n  import('@emrex-gateway/core')`, 2],
    ['import() of a type', `export type Match = import('@emrex-gateway/core').Match`, 1],
    ['require', `const core = require('@emrex-gateway/core')`, 1],
    ['import = require', `import core = require('@emrex-gateway/core')`, 1],
  ])('sees a lower layer reach for a higher one by %s', (_kind, text, line) => {
    expect(breachesWith({ 'libs/elmo/src/extra.ts': text })).toEqual([
      `libs/elmo/src/extra.ts:${line} imports @emrex-gateway/core: layer format may not import layer core`,
    ])
  })

  it('takes no word in a comment or a text for an import', () => {
    const text = `// import '@emrex-gateway/core'\nexport const text = "import '@emrex-gateway/core'"`
    expect(breachesWith({ 'libs/elmo/src/extra.ts': text })).toEqual([])
  })

  it('sees a plugin import another plugin, though it is declared', () => {
    expect(breachesWith({ 'libs/sis-b/src/extra.ts': `import '@emrex-gateway/sis-a'` })).toEqual([
      'libs/sis-b/src/extra.ts:1 imports @emrex-gateway/sis-a: layer plugin may not import layer plugin',
    ])
  })

  it('sees a shipped source import the testing layer, which a spec and a test folder may', () => {
    const text = `import '@emrex-gateway/testing'`
    expect(
      breachesWith({
        'libs/core/src/extra.ts': text,
        'libs/core/src/extra.spec.ts': text,
        'libs/core/test/extra.ts': text,
      }),
    ).toEqual(['libs/core/src/extra.ts:1 imports @emrex-gateway/testing: layer core may not import layer testing'])
  })

  it('lets the tests of the application alone reach the tools', () => {
    const text = `import '@emrex-gateway/town'`
    expect(
      breachesWith({
        'apps/gateway/src/extra.ts': text,
        'apps/gateway/test/extra.ts': text,
        'libs/ncp/test/extra.ts': text,
      }),
    ).toEqual([
      'libs/ncp/test/extra.ts:1 imports @emrex-gateway/town: layer role may not import layer tool',
      'apps/gateway/src/extra.ts:1 imports @emrex-gateway/town: layer app may not import layer tool',
    ])
  })

  it('holds a spec to the layers of its project', () => {
    expect(breachesWith({ 'libs/core/src/extra.spec.ts': `import '@emrex-gateway/store'` })).toEqual([
      'libs/core/src/extra.spec.ts:1 imports @emrex-gateway/store: layer core may not import layer service',
    ])
  })

  it('sees a package of the workspace that is in reach but not declared', () => {
    expect(breachesWith({ 'libs/store/src/extra.ts': `import '@emrex-gateway/elmo'` })).toEqual([
      'libs/store/src/extra.ts:1 imports @emrex-gateway/elmo: not declared in package.json',
    ])
  })

  it('sees a third-party package that is not declared', () => {
    expect(breachesWith({ 'libs/core/src/extra.ts': `import { z } from 'zod/mini'` })).toEqual([
      'libs/core/src/extra.ts:1 imports zod/mini: not declared in package.json',
    ])
  })

  it('sees a devDependency in a shipped source', () => {
    expect(breachesWith({ 'libs/core/src/extra.ts': `import 'jest'` })).toEqual([
      'libs/core/src/extra.ts:1 imports jest: a devDependency in a shipped source',
    ])
  })

  it('sees an import past the doors of a package', () => {
    expect(breachesWith({ 'libs/core/src/extra.ts': `import '@emrex-gateway/elmo/src/index.js'` })).toEqual([
      'libs/core/src/extra.ts:1 imports @emrex-gateway/elmo/src/index.js: @emrex-gateway/elmo has no door "./src/index.js"',
    ])
  })

  it('sees a relative path out of the project, in a spec too', () => {
    const text = `import '../../elmo/src/index.js'`
    expect(breachesWith({ 'libs/core/src/extra.ts': text, 'libs/core/src/extra.spec.ts': text })).toEqual([
      'libs/core/src/extra.spec.ts:1 imports ../../elmo/src/index.js: a relative path out of the project',
      'libs/core/src/extra.ts:1 imports ../../elmo/src/index.js: a relative path out of the project',
    ])
  })

  it('sees Nest and preact outside the nest folder of a role', () => {
    expect(
      breachesWith({
        'libs/ncp/src/flow.ts': `import '@nestjs/common'`,
        'libs/ncp/src/flow-page.tsx': `export const page = <p>flow</p>`,
      }),
    ).toEqual([
      'libs/ncp/src/flow-page.tsx:1 imports preact/jsx-runtime: no page library here',
      'libs/ncp/src/flow.ts:1 imports @nestjs/common: no web framework here',
    ])
  })

  it('sees knex outside its homes', () => {
    expect(breachesWith({ 'libs/sis-a/src/extra.ts': `import 'knex'` })).toEqual([
      'libs/sis-a/src/extra.ts:1 imports knex: no query builder here',
    ])
  })

  it.each([
    ['no layer', {}],
    ['an unknown layer', { tags: ['layer:misc'] }],
  ])('sees a project with %s', (_what, nx) => {
    const manifest = JSON.stringify({ name: '@emrex-gateway/elmo', nx })
    expect(breachesWith({ 'libs/elmo/package.json': manifest })).toContain(
      'libs/elmo/package.json: no tag "layer:…" that layers.mjs knows',
    )
  })

  it('sees a door through which a framework comes in, and names the way', () => {
    expect(breachesWith({ 'libs/ncp/src/index.ts': `export * from './nest/index.js'` })).toEqual([
      '@emrex-gateway/ncp reaches @nestjs/common: libs/ncp/src/index.ts → libs/ncp/src/nest/index.ts',
      '@emrex-gateway/ncp reaches preact: libs/ncp/src/index.ts → libs/ncp/src/nest/index.ts → libs/ncp/src/nest/page.tsx',
    ])
  })

  it('follows a door through the doors of other packages', () => {
    expect(breachesWith({ 'libs/ncp/src/index.ts': `export type { open } from '@emrex-gateway/store'` })).toEqual([
      '@emrex-gateway/ncp reaches knex: libs/ncp/src/index.ts → libs/store/src/index.ts',
      '@emrex-gateway/ncp/nest reaches knex: libs/ncp/src/nest/index.ts → libs/ncp/src/index.ts → libs/store/src/index.ts',
    ])
  })

  it('lets a door load a framework only when it is asked to', () => {
    expect(breachesWith({ 'libs/ncp/src/index.ts': `export const load = () => import('./nest/index.js')` })).toEqual([])
  })

  it('finds no breach in this workspace', () => {
    expect(checkLayers(fileURLToPath(new URL('../../..', import.meta.url)))).toEqual([])
  })
})
