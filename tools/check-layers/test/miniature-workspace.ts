import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const manifests: Readonly<Record<string, object>> = {
  '.': { workspaces: ['libs/*', 'apps/*', 'tools/*'], devDependencies: { jest: '1.0.0' } },
  'libs/elmo': { ...project('elmo', 'format') },
  'libs/core': { ...project('core', 'core'), dependencies: { '@emrex-gateway/elmo': '0.1.0' } },
  'libs/store': { ...project('store', 'service'), dependencies: { '@emrex-gateway/core': '0.1.0', knex: '1.0.0' } },
  'libs/ncp': {
    ...project('ncp', 'role', ['.', './nest']),
    dependencies: { '@emrex-gateway/core': '0.1.0', '@emrex-gateway/store': '0.1.0' },
    peerDependencies: { '@nestjs/common': '1.0.0', preact: '1.0.0' },
  },
  'libs/sis-a': { ...project('sis-a', 'plugin'), dependencies: { '@emrex-gateway/core': '0.1.0' } },
  'libs/sis-b': {
    ...project('sis-b', 'plugin'),
    dependencies: { '@emrex-gateway/core': '0.1.0', '@emrex-gateway/sis-a': '0.1.0' },
  },
  'libs/testing': { ...project('testing', 'testing'), private: true, dependencies: { '@emrex-gateway/core': '0.1.0' } },
  'apps/gateway': { ...project('gateway', 'app'), dependencies: { '@emrex-gateway/ncp': '0.1.0', express: '1.0.0' } },
  'tools/town': {
    ...project('town', 'tool'),
    private: true,
    dependencies: { '@emrex-gateway/gateway': '0.1.0', '@emrex-gateway/testing': '0.1.0' },
  },
}

/** Sources that keep the rule, and between them use every kind of edge that it allows. */
const sources: Readonly<Record<string, string>> = {
  'libs/elmo/src/index.ts': `import { inflateSync } from 'node:zlib'\nexport const unpack = inflateSync`,
  'libs/core/src/index.ts': `export * from '@emrex-gateway/elmo'\nexport * from './match.js'`,
  'libs/core/src/match.ts': `export const match = 1`,
  'libs/core/src/match.spec.ts': `import 'jest'\nimport '@emrex-gateway/testing'\nimport './match.js'`,
  'libs/store/src/index.ts': `import knex from 'knex'\nimport '@emrex-gateway/core'\nexport const open = knex`,
  'libs/ncp/src/index.ts': `import '@emrex-gateway/core'`,
  'libs/ncp/src/nest/index.ts': `import { Module } from '@nestjs/common'\nimport '../index.js'\nexport { page } from './page.js'`,
  'libs/ncp/src/nest/page.tsx': `export const page = <p>results</p>`,
  'libs/sis-a/src/index.ts': `import '@emrex-gateway/core'`,
  'libs/sis-b/src/index.ts': `import '@emrex-gateway/core'`,
  'libs/testing/src/index.ts': `import 'jest'\nimport '@emrex-gateway/core'`,
  'apps/gateway/src/index.ts': `import express from 'express'\nimport '@emrex-gateway/ncp/nest'`,
  'tools/town/src/index.ts': `import '@emrex-gateway/gateway'\nimport '@emrex-gateway/testing'`,
}

function project(name: string, layer: string, doors = ['.']): object {
  const source = (door: string) => ({
    '@emrex-gateway/source': `./src/${door === '.' ? '' : `${door.slice(2)}/`}index.ts`,
  })
  return {
    name: `@emrex-gateway/${name}`,
    exports: Object.fromEntries(doors.map((door) => [door, source(door)])),
    nx: { tags: [`layer:${layer}`] },
  }
}

/**
 * Writes a small workspace that keeps the dependency rule, with the given files added or put in place of its own, hands
 * its folder over and removes it.
 */
export function withMiniatureWorkspace<Result>(
  changes: Readonly<Record<string, string>>,
  use: (root: string) => Result,
): Result {
  const root = mkdtempSync(join(tmpdir(), 'emrex-layers-'))
  const texts = Object.entries(manifests).map(([folder, manifest]) => [
    `${folder}/package.json`,
    JSON.stringify(manifest),
  ])
  try {
    for (const [path = '', text = ''] of [...texts, ...Object.entries(sources), ...Object.entries(changes)]) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return use(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}
