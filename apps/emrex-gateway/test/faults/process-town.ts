import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@emrex-gateway/testing'
import { prepareTown, type PreparedTown } from '@emrex-gateway/town'
import { parse, stringify } from 'yaml'
import { roundRobin, type RoundRobin } from '../database/round-robin.js'
import { Instance } from './instance.js'

interface Written {
  listen: { port: number }
  database: unknown
}

/** A town whose gateway is one process, or several behind a balancer without a memory. */
export class ProcessTown {
  private constructor(
    readonly town: PreparedTown,
    readonly instances: readonly Instance[],
    /** As the settings name it; the file lies in the folder of the town. */
    readonly database: { readonly file: string } | { readonly url: string },
    private readonly balancer: RoundRobin | undefined,
  ) {}

  /** With an address of PostgreSQL on that, else on a SQLite file. More than one instance only on PostgreSQL. */
  static async start({ url, count = 1 }: { readonly url?: string; readonly count?: number }): Promise<ProcessTown> {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-faults-'))
    const database = url === undefined ? { file: join(folder, 'gateway.sqlite') } : { url }
    const town = await prepareTown({
      ...{ folder, port: 0, logLevel: 'silent' },
      rewriteSettings: (yaml) => stringify({ ...(parse(yaml) as object), database }),
    })
    const settings = parse(readFileSync(town.settingsFile, 'utf8')) as Written
    const ports = count === 1 ? [town.port] : []
    while (ports.length < count) ports.push(await freePort())
    const instances = ports.map((port) => {
      const file = join(folder, `settings-${port}.yaml`)
      writeFileSync(file, stringify({ ...settings, listen: { ...settings.listen, port } }))
      return new Instance(file, port)
    })
    const balancer = count === 1 ? undefined : await roundRobin(town.port, ports)
    const started = new ProcessTown(town, instances, database, balancer)
    try {
      for (const instance of instances) await instance.start()
      return started
    } catch (error) {
      await started.stop()
      throw error
    }
  }

  get one(): Instance {
    return this.instances[0]!
  }

  async stop(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.stop()))
    await this.balancer?.close()
    await this.town.close()
    rmSync(this.town.folder, { recursive: true, force: true })
  }
}
