import { execFileSync } from 'node:child_process'

/**
 * What is wrong with the files of a packed package: what must be in each and is not, and what is in it and should not be.
 *
 * @param {import('./pack-packages.mjs').Packed} packed
 * @returns {string[]}
 */
export function faultsOfPacked({ name, tarball, files }) {
  const manifest = JSON.parse(execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }))
  const has = new Set(files)
  const missing = ['package.json', 'README.md', 'LICENSE', ...pathsOf(manifest)].filter((path) => !has.has(path))
  const unwanted = files.filter(
    (path) => /\.(map|tsbuildinfo|tsx?)$|\.spec\.|(^|\/)test\//.test(path) && !/\.d\.ts$/.test(path),
  )
  const conditions = Object.entries(manifest.exports ?? {}).filter(
    ([, target]) => typeof target !== 'string' && Object.keys(target).at(-1) !== 'default',
  )
  return [
    ...missing.map((path) => `${name}: ${path} is not in it`),
    ...unwanted.map((path) => `${name}: ${path} is in it`),
    ...conditions.map(([door]) => `${name}: "${door}" has no "default" condition at its end`),
    ...['license', 'engines', 'description']
      .filter((field) => !(field in manifest))
      .map((field) => `${name}: no "${field}"`),
  ]
}

/** The files that its doors and commands name. @type {(manifest: { [key: string]: any }) => string[]} */
function pathsOf({ exports = {}, bin = {} }) {
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === 'string' ? target : [target.types, target.default],
  )
  return [...targets, ...Object.values(bin)].filter(Boolean).map((path) => path.replace(/^\.\//, ''))
}
