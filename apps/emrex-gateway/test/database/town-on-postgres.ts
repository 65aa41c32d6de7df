import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLog, loadSettings, startGateway, type RunningGateway } from '@emrex-gateway/gateway'
import { openPostgres } from '@emrex-gateway/store'
import { type DatabaseServer, freePort, postgresUrl } from '@emrex-gateway/testing'
import { parse, stringify } from 'yaml'
import { TownUnderTest } from '../town-under-test.js'
import { roundRobin, type RoundRobin } from './round-robin.js'

/** Makes an empty database. Gives its address. */
export async function freshDatabase(server: DatabaseServer): Promise<string> {
  const name = `gateway_${randomBytes(6).toString('hex')}`
  const knex = openPostgres({ url: postgresUrl(server), maxConnections: 1 })
  try {
    await knex.raw('create database ??', [name])
  } finally {
    await knex.destroy()
  }
  return postgresUrl(server, name)
}

interface Written {
  listen: { port: number }
  database: unknown
}

/** Two gateways with the settings of one town, one PostgreSQL and one address, behind a balancer without a memory. */
export class TownOfTwo {
  private constructor(
    readonly under: TownUnderTest,
    readonly second: RunningGateway,
    readonly balancer: RoundRobin,
  ) {}

  static async start(server: DatabaseServer): Promise<TownOfTwo> {
    const url = await freshDatabase(server)
    const [own, other] = [await freePort(), await freePort()]
    let shared = 0
    const onPort = (yaml: string, port: number) => {
      const written = parse(yaml) as Written
      return stringify({ ...written, listen: { ...written.listen, port }, database: { url } })
    }
    const under = await TownUnderTest.start({
      rewriteSettings: (yaml) => {
        shared = (parse(yaml) as Written).listen.port
        return onPort(yaml, own)
      },
    })
    const { folder } = under.town
    const settings = join(folder, 'settings-of-the-second.yaml')
    writeFileSync(settings, onPort(readFileSync(join(folder, 'settings.yaml'), 'utf8'), other))
    const second = await startGateway(loadSettings(settings), createLog('silent'), {
      now: () => under.now(),
      collectPatienceMilliseconds: 60_000,
    })
    return new TownOfTwo(under, second, await roundRobin(shared, [own, other]))
  }

  async stop(): Promise<void> {
    await this.balancer.close()
    await this.second.stop()
    await this.under.stop()
  }
}
