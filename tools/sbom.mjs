import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readWorkspace } from './check-layers/read-workspace.mjs'
import { workspaceRoot } from './commands/workspace-root.mjs'

// `npm run --silent sbom > sbom.cdx.json`: every part of what is given away, as CycloneDX. It is asked of an installation
// like the one in the image (deploy/Dockerfile): in the workspace itself npm lists parts that only tests need, and leaves
// out those that tests need, too.
const folder = mkdtempSync(join(tmpdir(), 'emrex-sbom-'))
const npm = (/** @type {readonly string[]} */ parameters, /** @type {'ignore' | 'inherit'} */ output) => {
  const { status } = spawnSync('npm', parameters, { cwd: folder, stdio: ['ignore', output, 'inherit'] })
  if (status === 0) return
  console.error(`npm ${parameters[0]} failed`)
  rmSync(folder, { recursive: true })
  process.exit(1)
}

for (const name of ['package.json', 'package-lock.json', '.npmrc'])
  cpSync(join(workspaceRoot, name), join(folder, name))
for (const project of readWorkspace(workspaceRoot)) {
  if (project.layer === 'testing' || project.layer === 'tool') continue
  mkdirSync(join(folder, project.folder), { recursive: true })
  cpSync(join(workspaceRoot, project.folder, 'package.json'), join(folder, project.folder, 'package.json'))
}
npm(['pkg', 'delete', 'devDependencies', '--workspaces', '--include-workspace-root'], 'ignore')
npm(['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline'], 'ignore')
npm(['sbom', '--omit=dev', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'], 'inherit')
rmSync(folder, { recursive: true })
