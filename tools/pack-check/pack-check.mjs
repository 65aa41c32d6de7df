import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printTable } from '../bench/print-table.mjs'
import { acceptTypes, changesOfTypes } from './accepted-types.mjs'
import { dependenciesOf } from './dependencies-of.mjs'
import { faultsOfPacked } from './faults-of-packed.mjs'
import { packPackages } from './pack-packages.mjs'
import { publicTypes } from './public-types.mjs'

const kilobytes = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1)
const shortHash = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex').slice(0, 8)

/**
 * Packs every published package and prints what whoever installs it gets; says what of its public types is not as it was
 * accepted (`docs/api`), and what is wrong with its files.
 *
 * @param {string} root
 * @param {{ readonly accept: boolean }} options `accept` writes the types as they are now
 * @returns {boolean} whether all is as it should be
 */
export function packCheck(root, { accept }) {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'))
  try {
    const packed = packPackages(root, folder)
    const types = publicTypes(root, packed)
    printTable(
      ['package', 'packed kB', 'unpacked kB', 'files', 'named by ours', 'installed', 'public types'],
      packed.map((one) => {
        const { direct, all } = dependenciesOf(root, [one])
        const sizes = [kilobytes(one.size), kilobytes(one.unpackedSize), `${one.files.length}`]
        return [one.name, ...sizes, `${direct.length}`, `${all.length}`, shortHash(types.get(one.name) ?? '')]
      }),
    )
    console.log(
      '\nOf packages outside of @emrex-gateway: how many ours name, and how many npm installs for them; peers are not counted.',
    )
    if (accept) acceptTypes(root, types)
    const faults = packed.flatMap((one) => faultsOfPacked(one))
    const changes = changesOfTypes(root, types)
    for (const line of [...faults, ...changes]) console.log(line)
    if (changes.length > 0) console.log('\nMeant so? npm run pack:check -- --accept, and commit docs/api.')
    return faults.length === 0 && changes.length === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
