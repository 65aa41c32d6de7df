import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@emrex-gateway/testing'
import type { AuditEntry } from '@emrex-gateway/core'
import {
  createLog,
  loadSettings,
  startGateway,
  type GatewayOverrides,
  type RunningGateway,
} from '@emrex-gateway/gateway'
import type { PlainBrowser } from '@emrex-gateway/testing'
import { demoLoginPeople, makeUniversityDatabase, students, universityOf, type UniversityId } from '@emrex-gateway/town'
import { stringify } from 'yaml'
import { readImports, type Import } from './read-imports.js'
import { untilDelivered } from './until-delivered.js'

export interface AloneOptions {
  /** Host in the address of the gateway; a stand-in takes the other one, so that both are two sites to a browser. */
  readonly host: 'localhost' | '127.0.0.1'
  /** Whose student systems it is connected to; their ids are the names of the systems. */
  readonly universities: readonly UniversityId[]
  /** Files that the settings name, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** The part of the settings that is about the role. `people` is the name of the only login, unless it brings others. */
  readonly role: (origin: string) => object
  readonly overrides?: GatewayOverrides
}

/** A gateway in one role alone, without the town around it: its own settings, its own store, a clock to put forward. */
export class GatewayAlone {
  readonly lines: string[] = []
  private aheadMs = 0
  private running!: RunningGateway

  private constructor(
    readonly folder: string,
    readonly origin: string,
    private readonly overrides: GatewayOverrides,
  ) {}

  static async start({ host, universities, files = {}, role, overrides = {} }: AloneOptions): Promise<GatewayAlone> {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-alone-'))
    const port = await freePort()
    const alone = new GatewayAlone(folder, `http://${host}:${port}`, overrides)
    for (const id of universities) await makeUniversityDatabase(id, join(folder, `${id}.sqlite`))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, 'seal.key'), randomBytes(32).toString('base64'))
    const settings = {
      environment: 'demo',
      listen: { host: '127.0.0.1', port },
      database: { file: './gateway.sqlite' },
      seal: { keyFile: './seal.key' },
      logins: [{ id: 'people', plugin: 'demo', settings: { country: 'NO', people: demoLoginPeople(students) } }],
      systems: universities.map((id) => ({
        id,
        plugin: 'sql',
        settings: {
          ...{ client: 'sqlite', file: `./${id}.sqlite`, source: true, target: true },
          find: { nationalIdCountry: universityOf(id).country },
        },
      })),
      ...role(alone.origin),
    }
    const file = join(folder, 'settings.yaml')
    writeFileSync(file, stringify(settings))
    try {
      await alone.run()
      return alone
    } catch (error) {
      rmSync(folder, { recursive: true })
      throw error
    }
  }

  /** Stops, and starts again on the same settings and the same store; in between another process may have them. */
  async restart(between: () => Promise<void> = async () => {}): Promise<void> {
    await this.running.stop()
    await between()
    await this.run()
    // Connections of before are dead; who comes first finds out.
    await fetch(this.origin).catch(() => undefined)
  }

  private async run(): Promise<void> {
    const log = createLog('debug', { write: (line) => void this.lines.push(line) })
    const settings = loadSettings(join(this.folder, 'settings.yaml'))
    this.running = await startGateway(settings, log, {
      now: () => this.now(),
      collectPatienceMilliseconds: 60_000,
      ...this.overrides,
    })
  }

  get gateway(): RunningGateway['gateway'] {
    return this.running.gateway
  }

  /** From now on nothing is begun here. */
  drain(): void {
    this.running.drain()
  }

  async stop(): Promise<void> {
    await this.running.stop()
    rmSync(this.folder, { recursive: true })
  }

  /** From now on the gateway believes that it is so much later, and has tidied up. */
  async putForward(minutes: number): Promise<void> {
    this.moveClock(minutes)
    await this.running.background.tidy()
  }

  /** The same, and it has not tidied up yet. */
  moveClock(minutes: number): void {
    this.aheadMs += minutes * 60_000
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs)
  }

  untilDelivered(): Promise<void> {
    return untilDelivered(this.running)
  }

  /** The evidence about the transfer whose page is on the screen. */
  audit(browser: PlainBrowser | { readonly page: { readonly url: string } }): Promise<readonly AuditEntry[]> {
    return this.gateway.store.audit.list({ transfer: transferOf(browser.page.url) })
  }

  imports(university: UniversityId): Promise<readonly Import[]> {
    return readImports(this.folder, university)
  }
}

/** The id of the transfer in the address of one of its pages. */
export function transferOf(url: string): string {
  const id = /\/transfers\/([^/?]+)/.exec(url)?.[1]
  if (id === undefined) throw new Error(`no transfer in ${url}`)
  return id
}
