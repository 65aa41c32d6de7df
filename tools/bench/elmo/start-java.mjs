import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isInstalled } from './command-lines.mjs'
import { startEngine } from './start-engine.mjs'

const sources = ['ElmoBench', 'ElmoModel'].map((name) =>
  fileURLToPath(new URL(`../java/${name}.java`, import.meta.url)),
)

/**
 * Compiles the program of the JDK into the folder; gives what starts it, or nothing where there is no JDK.
 *
 * @param {string} folder
 * @param {string} schema
 */
export function startJava(folder, schema) {
  if (!isInstalled('java') || !isInstalled('javac')) return undefined
  const { status } = spawnSync('javac', ['-d', join(folder, 'java'), ...sources], {
    stdio: 'inherit',
    timeout: 120_000,
  })
  if (status !== 0) throw new Error('javac failed')
  return () => startEngine('java', ['-cp', join(folder, 'java'), 'ElmoBench', folder, schema])
}
