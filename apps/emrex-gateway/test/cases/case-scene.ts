import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { StoredCases, type CasesHost, type Delivery, type GatewayStore, type LogFields } from '@emrex-gateway/core'
import { signElmo, verifyElmo, writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { openStore } from '@emrex-gateway/store'
import { makeThrowawaySigner, runFromSource, type ThrowawaySigner } from '@emrex-gateway/testing'

export const dayMs = 86_400_000
export const days = 30
/** All that is personal about the invented person of these cases. */
export const personal = ['Nordmann', 'Ada Marie', '1989-06-05', '05068907693', 'person-key-1']

const document: Elmo = {
  generatedDate: '2026-01-01T00:00:00Z',
  learner: {
    ...{ givenNames: 'Ada Marie', familyName: 'Nordmann', bday: '1989-06-05' },
    identifier: [{ type: 'nationalIdentifier', value: '05068907693' }],
  },
  reports: [
    {
      issuer: { identifier: [{ type: 'schac', value: 'fjell.example' }], title: [{ value: 'Fjell' }], url: '' },
      learningOpportunitySpecification: [
        { title: [{ value: '=cmd|x', lang: 'en' }], type: 'Course', instance: { status: 'passed' } },
      ],
      issueDate: '2026-01-01T00:00:00Z',
    },
  ],
}

/** Made once: each is half a second of work. */
let signer: Promise<ThrowawaySigner> | undefined

/** A database file with cases in it, and those who open it. */
export class CaseScene {
  private readonly folder = mkdtempSync(join(tmpdir(), 'emrex-cases-'))
  private readonly file = join(this.folder, 'gateway.sqlite')
  private readonly key = randomBytes(32)
  private readonly opened: GatewayStore[] = []
  readonly logged: { readonly level: string; readonly event: string; readonly fields: LogFields }[] = []
  aheadMs = 0

  private constructor(readonly signer: ThrowawaySigner) {}

  static async make(): Promise<CaseScene> {
    return new CaseScene(await (signer ??= makeThrowawaySigner({ commonName: 'Fjell NCP' })))
  }

  /** Opens cases of the same deliveries in so many processes at once; what each of them was answered. */
  async inProcesses(count: number, ids: readonly string[]): Promise<readonly unknown[]> {
    // The database is made before anybody races for it.
    await this.instance()
    const { document: verified, ...delivery } = this.delivery()
    const input = join(this.folder, 'deliveries.json')
    writeFileSync(input, JSON.stringify({ ids, xml: Buffer.from(verified.xml).toString('base64'), delivery }))
    const program = fileURLToPath(new URL('open-cases.ts', import.meta.url))
    const run = promisify(execFile)
    const words = ['--import', runFromSource, program, this.file, this.key.toString('hex'), input]
    const ran = await Promise.all(Array.from({ length: count }, () => run(process.execPath, words)))
    return ran.map(({ stdout }) => JSON.parse(stdout) as unknown)
  }

  /** Cases on a store of their own; SQLite here waits without letting anybody else on: others that write at the same time have a process of their own. */
  async instance(change: Partial<CasesHost> = {}): Promise<{ cases: StoredCases; store: GatewayStore }> {
    const knex = openSqlite({ file: this.file })
    const now = () => new Date(Date.now() + this.aheadMs)
    const store = await openStore({ knex, seal: { key: this.key }, now: () => now().getTime() })
    this.opened.push(store)
    const line =
      (level: string) =>
      (event: string, fields: LogFields = {}) =>
        void this.logged.push({ level, event, fields })
    const cases = new StoredCases({
      ...{ store, now, randomBytes: (bytes) => randomBytes(bytes), daysOf: () => days },
      log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
      ...change,
    })
    return { cases, store }
  }

  /** A delivery as the SMP makes it. */
  delivery(id = 'delivery-1', change: Partial<Delivery> = {}): Delivery {
    const certificates = [this.signer.certificate]
    const outcome = verifyElmo(signElmo(writeElmo(document), this.signer), { certificates, at: new Date() })
    if (!outcome.verified) throw new Error(outcome.message)
    const { learner } = document
    return {
      id,
      owner: { person: 'person-key-1', institution: { code: 'NFU', title: 'Nordfjordvik' }, learner },
      match: { verdict: 'same', reasons: ['identifier-shared'] },
      origin: { ncp: 'Fjell NCP', country: 'NO', receivedAt: new Date().toISOString() },
      document: outcome.document,
      trust: { certificates },
      ...change,
    }
  }

  /** All that was logged, as text. */
  get lines(): readonly string[] {
    return this.logged.map((line) => JSON.stringify(line))
  }

  /** Rows of a table, as somebody sees them who has the file. */
  async rows(table: string): Promise<readonly Record<string, unknown>[]> {
    const knex = openSqlite({ file: this.file, readOnly: true })
    try {
      return (await knex(table)) as Record<string, unknown>[]
    } finally {
      await knex.destroy()
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((store) => store.close()))
  }

  async remove(): Promise<void> {
    await this.close()
    rmSync(this.folder, { recursive: true })
  }
}
