import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PluginHost, SisConnection } from '@emrex-gateway/core'
import { hostWithConnections, type HostWithConnections, type LadokStandIn } from '@emrex-gateway/testing'
import { ladokSettings, ladokSisPlugin, makeLadokSisPlugin } from '../src/index.js'

export interface ConnectOptions {
  readonly seat?: 'first' | 'second'
  readonly settings?: object
  readonly client?: { readonly privateKey: string; readonly certificate: string }
  readonly plugin?: ReturnType<typeof makeLadokSisPlugin>
  readonly now?: PluginHost['now']
  /** What staff have before them, where a test shares it or lets it fail. */
  readonly cases?: PluginHost['cases']
}

export interface LadokConnection {
  readonly connection: SisConnection
  readonly host: HostWithConnections
  close(): Promise<void>
}

/** A connection as an operator would set it up: key, certificate and authorities in files. */
export async function connectLadok(ladok: LadokStandIn, options: ConnectOptions = {}): Promise<LadokConnection> {
  const university = ladok.universities.find(({ seat }) => seat === (options.seat ?? 'first'))!
  const { privateKey, certificate } = options.client ?? university
  const folder = mkdtempSync(join(tmpdir(), 'ladok-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const host = hostWithConnections(options.now === undefined ? {} : { now: options.now })
  const settings = ladokSettings.parse({
    baseUrl: ladok.origin,
    keyFile: file('key.pem', privateKey),
    certificateFile: file('certificate.pem', certificate),
    authoritiesFile: file('authorities.pem', ladok.authority),
    institution: { schac: university.schac },
    minIntervalMs: 0,
    ...options.settings,
  })
  const remove = async () => {
    await host.close()
    rmSync(folder, { recursive: true })
  }
  const connection = await (options.plugin ?? ladokSisPlugin)
    .create(settings, { ...host, ...(options.cases && { cases: options.cases }) }, `ladok-${university.code}`)
    .catch(async (error: unknown) => {
      await remove()
      throw error
    })
  return {
    connection,
    host,
    close: async () => {
      await connection.close()
      await remove()
    },
  }
}
