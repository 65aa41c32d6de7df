import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, describeWithShared } from '../optional-tests.js'
import { elmoTemplate } from './elmo-template.js'
import { inventedPdf } from './invented-pdf.js'
import { anotherPerson, inventedPerson, inventedReports, realisticReports, severalReports } from './invented-records.js'

const date = '2025-02-03T10:00:00Z'
const attachment = { title: 'Transcript', type: 'EMREX transcript', pdf: inventedPdf('An invented transcript', 100) }
const documents = [
  elmoTemplate(inventedPerson, inventedReports, date),
  elmoTemplate(anotherPerson, severalReports, date),
  elmoTemplate(inventedPerson, [{ ...realisticReports()[0]!, attachments: [attachment] }], date),
]

describeWith(describe, 'xmllint', 'elmoTemplate', () => {
  it('writes well-formed XML whatever stands in a title', () => {
    for (const input of documents) expect(() => execFileSync('xmllint', ['--noout', '-'], { input })).not.toThrow()
  })

  describeWithShared(describe, 'elmoTemplate beside the official schema', (shared) => {
    it('writes documents that are valid ELMO 1.7.0', () => {
      const folder = mkdtempSync(join(tmpdir(), 'emrex-elmo-'))
      try {
        const file = join(folder, 'document.xml')
        for (const document of documents) {
          writeFileSync(file, document)
          const schema = join(shared, 'elmo/schemas/v1.7.0/schema.xsd')
          const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, file])
          expect(`${status} ${String(stderr).trim()}`).toBe(`0 ${file} validates`)
        }
      } finally {
        rmSync(folder, { recursive: true })
      }
    })
  })
})
