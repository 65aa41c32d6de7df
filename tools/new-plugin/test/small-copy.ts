import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const workspace = fileURLToPath(new URL('../../..', import.meta.url))

const copied = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.spec.json',
  'jest.config.mjs',
  '.prettierrc.json',
  'apps/emrex-gateway/package.json',
  'apps/emrex-gateway/tsconfig.json',
  'apps/emrex-gateway/src/plugins.ts',
]

/** The parts of the workspace that the generator touches, in a folder of their own; what is installed is shared. */
export function smallCopy(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-new-plugin-'))
  for (const path of copied) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(workspace, path), join(folder, path))
  }
  symlinkSync(join(workspace, 'node_modules'), join(folder, 'node_modules'))
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}
