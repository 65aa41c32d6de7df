import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { runsWith, sharedFor } from './optional-tests.js'

/** Bytes of a document as they would be sent, or a model to write as ELMO 1.7.0. */
export type OfficialDocument = Elmo | Uint8Array

/**
 * What xmllint says about the documents by the official schema of ELMO 1.7.0, one run for all of them; empty when all are
 * valid. Empty too, with the usual line, where the schema or xmllint is absent.
 *
 * @throws {ElmoError} ELMO_INVALID when a model breaks our own table already
 */
export function officialProblemsOf(documents: readonly OfficialDocument[]): readonly string[] {
  const name = 'documents by the official schema'
  const shared = sharedFor(name)
  if (shared === undefined || documents.length === 0 || !runsWith('xmllint', name)) return []
  const folder = mkdtempSync(join(tmpdir(), 'emrex-official-'))
  try {
    const files = documents.map((document, index) => {
      const file = join(folder, `${index}.xml`)
      writeFileSync(file, document instanceof Uint8Array ? document : writeElmo(document))
      return file
    })
    const schema = join(shared, 'elmo/schemas/v1.7.0/schema.xsd')
    const { stderr, error } = spawnSync('xmllint', ['--nonet', '--noout', '--huge', '--schema', schema, ...files], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    if (error !== undefined) throw error
    const said = stderr.split('\n').filter((line) => line !== '')
    const problems = said.filter((line) => !line.endsWith(' validates')).map((line) => line.replace(`${folder}/`, ''))
    if (problems.length === 0 && said.length !== documents.length) return ['xmllint did not look at every document']
    return problems
  } finally {
    rmSync(folder, { recursive: true })
  }
}
