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

const run = (schema: string, folder: string, files: readonly string[]): string =>
  spawnSync('xmllint', ['--huge', '--noent', '--nonet', '--noout', '--schema', schema, ...files], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1024 * 1024 * 1024,
  }).stderr

function judge(schema: string, folder: string, count: number): boolean[] {
  const verdicts = Array<boolean | undefined>(count).fill(undefined)
  const notWellFormed = new Set<number>()
  for (let first = 0; first < count; first += batch) {
    const files = Array.from({ length: Math.min(batch, count - first) }, (_, index) => `${first + index}.xml`)
    for (const line of run(schema, folder, files).split('\n')) {
      const [, file, verdict] = /^(\d+)\.xml (validates|fails to validate)/.exec(line) ?? []
      if (file !== undefined) verdicts[Number(file)] = verdict === 'validates'
      // xmllint goes on after an undeclared prefix; no schema speaks of a document that breaks the rules of namespaces.
      const broken = /^(\d+)\.xml:\d+: (?:parser|namespace) error/.exec(line)?.[1]
      if (broken !== undefined) notWellFormed.add(Number(broken))
    }
  }
  return verdicts.map((verdict, index) => {
    if (notWellFormed.has(index)) return false
    if (verdict === undefined) throw new Error(`xmllint said nothing about document ${index}.`)
    return verdict
  })
}

/**
 * xmllint refuses white space around dates and behind durations, which XML Schema takes (it collapses it before it looks;
 * the JDK does): it is not shown any.
 */
function withoutSpaceAroundTimes(xml: Uint8Array): Uint8Array {
  const text = Buffer.from(xml).toString('latin1')
  const trimmed = text.replace(/>[\t\n\r ]*(-?(?:\d{4,}-\d\d-\d\d|P\d)[^<>\s]*)[\t\n\r ]*</g, '>$1<')
  return trimmed === text ? xml : Buffer.from(trimmed, 'latin1')
}

/** What xmllint says of each document by each of some schemas. */
export function verdictsBySchemas(schemas: readonly string[], documents: readonly Uint8Array[]): boolean[][] {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-oracle-'))
  try {
    documents.forEach((xml, index) => writeFileSync(join(folder, `${index}.xml`), withoutSpaceAroundTimes(xml)))
    return schemas.map((schema) => judge(schema, folder, documents.length))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * What xmllint says of each document by a schema: valid or not. What it cannot parse is not valid.
 *
 * A verdict is only believed when xmllint gives one for each file.
 */
export const schemaVerdicts = (schema: string, documents: readonly Uint8Array[]): boolean[] =>
  verdictsBySchemas([schema], documents)[0] as boolean[]
