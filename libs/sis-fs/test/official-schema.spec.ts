import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wantedReport, type Subject } from '@emrex-gateway/core'
import { writeElmo, type Report } from '@emrex-gateway/elmo'
import { describeWith, describeWithShared, fsSpecialStudent } from '@emrex-gateway/testing'
import { students } from '@emrex-gateway/testing/population'
import { fsUnderTest, subjectOf } from './fs-under-test.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
const everything = { failed: true, inProgress: true }
const special: Subject = { claims: [{ type: 'learnerId', scheme: 'first.example', value: fsSpecialStudent.number }] }

/** The documents of everybody who may have one. */
async function documents(): Promise<Uint8Array[]> {
  const fs = await fsUnderTest({}, { descriptionCategories: ['INNHOLD', 'MÅL'], resultDate: 'recorded' })
  try {
    const source = fs.connection.source!
    const written: Uint8Array[] = []
    for (const subject of [special, ...students.filter((one) => !one.protected).map((one) => subjectOf(one))])
      for (const enrolment of await source.find(subject, context)) {
        const reports: Report[] = []
        for await (const item of source.reports(enrolment, everything, context, subject))
          if (!('notice' in item)) reports.push(wantedReport(item, everything, []))
        const { learner } = enrolment
        if (reports.length > 0) written.push(writeElmo({ generatedDate: '2026-01-01T00:00:00Z', learner, reports }))
      }
    return written
  } finally {
    await fs.close()
  }
}

describeWithShared(describe, 'documents of sis-fs beside the official schema', (shared) => {
  describeWith(describe, 'xmllint', 'by xmllint', () => {
    it('are valid, those of the population and of all special cases', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'emrex-fs-xml-'))
      try {
        const written = await documents()
        expect(written.length).toBeGreaterThan(10)
        const names = written.map((xml, index) => {
          writeFileSync(join(folder, `${index}.xml`), xml)
          return `${index}.xml`
        })
        const schema = join(shared, 'elmo/schemas/v1.7.0/schema.xsd')
        const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...names], {
          cwd: folder,
          encoding: 'utf8',
        })
        expect(stderr.trim().split('\n')).toEqual(names.map((name) => `${name} validates`))
      } finally {
        rmSync(folder, { recursive: true })
      }
    }, 60_000)
  })
})
