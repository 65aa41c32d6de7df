import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Release } from '../../src/grammar/releases.js'

/** The folder of a release among the official schemas. */
export const schemaOf = (shared: string, release: Release): string =>
  join(shared, 'elmo/schemas', `v${release}`, 'schema.xsd')

/** How many files one call takes; its line of arguments has an end. */
const batch = 2500

/**
 * What xmllint says of each document by a schema: valid or not. What it cannot parse is not valid.
 *
 * A verdict is only believed when xmllint gives one for each file.
 */
export function schemaVerdicts(schema: string, documents: readonly Uint8Array[]): boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-oracle-'))
  try {
    documents.forEach((xml, index) => writeFileSync(join(folder, `${index}.xml`), xml))
    const verdicts = documents.map((): boolean | undefined => undefined)
    for (let first = 0; first < documents.length; first += batch) {
      const files = documents.slice(first, first + batch).map((_, index) => `${first + index}.xml`)
      const { stderr } = spawnSync(
        'xmllint',
        ['--huge', '--noent', '--nonet', '--noout', '--schema', schema, ...files],
        { cwd: folder, encoding: 'utf8', maxBuffer: 1024 * 1024 * 1024 },
      )
      for (const line of stderr.split('\n')) {
        const [, file, verdict] = /^(\d+)\.xml (validates|fails to validate)/.exec(line) ?? []
        if (file !== undefined) verdicts[Number(file)] = verdict === 'validates'
        const broken = /^(\d+)\.xml:\d+: parser error/.exec(line)?.[1]
        if (broken !== undefined) verdicts[Number(broken)] ??= false
      }
    }
    return verdicts.map((verdict, index) => {
      if (verdict === undefined) throw new Error(`xmllint said nothing about document ${index}.`)
      return verdict
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
