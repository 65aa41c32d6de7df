import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { demoLoginPeople, students } from '@emrex-gateway/town'

/** A folder with the keys of an NCP, in which settings on any database are written. */
export class NcpSettings {
  readonly folder = mkdtempSync(join(tmpdir(), 'emrex-database-'))
  private count = 0

  static async make(): Promise<NcpSettings> {
    const made = new NcpSettings()
    const signer = await makeThrowawaySigner()
    writeFileSync(made.path('seal.key'), randomBytes(32).toString('base64'))
    writeFileSync(made.path('key.pem'), signer.privateKey)
    writeFileSync(made.path('certificate.pem'), signer.certificate)
    return made
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  /** A new file of settings. @param records the database of its system, which nobody makes */
  write(database: unknown, records = './records.sqlite'): string {
    const file = this.path(`settings-${this.count++}.yaml`)
    const settings = {
      environment: 'demo',
      listen: { port: 0 },
      logLevel: 'info',
      database,
      seal: { keyFile: './seal.key' },
      logins: [{ id: 'people', plugin: 'demo', settings: { country: 'NO', people: demoLoginPeople(students) } }],
      systems: [{ id: 'records', plugin: 'sql', settings: { client: 'sqlite', file: records } }],
      ncp: [
        {
          ...{ id: 'abroad', title: 'Abroad University', publicUrl: 'http://localhost:1' },
          ...{ logins: ['people'], sources: ['records'] },
          signing: { keyFile: './key.pem', certificateFile: './certificate.pem' },
        },
      ],
    }
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(settings))
    return file
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}
