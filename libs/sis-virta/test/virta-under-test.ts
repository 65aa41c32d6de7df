import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SisConnection, SisContext } from '@emrex-gateway/core'
import {
  hostWithConnections,
  startVirta,
  type HostWithConnections,
  type Virta,
  type VirtaOptions,
} from '@emrex-gateway/testing'
import { virtaSettings, virtaSisPlugin } from '../src/index.js'

export interface VirtaUnderTest {
  readonly virta: Virta
  readonly connection: SisConnection
  readonly host: HostWithConnections
  close(): Promise<void>
}

/** A VIRTA, and a connection to it whose institutions have names by the settings. */
export async function openVirta(options: VirtaOptions = {}, more: object = {}): Promise<VirtaUnderTest> {
  const virta = await startVirta(options)
  const folder = mkdtempSync(join(tmpdir(), 'virta-'))
  const keyFile = join(folder, 'key')
  writeFileSync(keyFile, `${virta.caller.key}\n`)
  const host = hostWithConnections()
  const settings = virtaSettings.parse({
    url: virta.url,
    caller: { system: virta.caller.system, user: virta.caller.user, keyFile },
    institutions: [
      { code: virta.institutions[0], title: { fi: 'Eka yliopisto', en: 'First University' }, schac: 'first.example' },
      { code: virta.institutions[1], title: { fi: 'Toka yliopisto' }, schac: 'second.example' },
    ],
    minIntervalMs: 0,
    ...more,
  })
  const connection = await virtaSisPlugin.create(settings, host, 'virta')
  return {
    virta,
    connection,
    host,
    close: async () => {
      await connection.close()
      await host.close()
      await virta.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export const context: SisContext = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
