import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SisConnection } from '@emrex-gateway/core'
import { hostWithConnections, startRestSis, type RestSis, type RestSisOptions } from '@emrex-gateway/testing'
import { restSettings, restSisPlugin, type RestSettings } from '../src/index.js'

export interface RestUnderTest {
  readonly sis: RestSis
  readonly connection: SisConnection
  /** A second connection with the same settings. */
  open(more?: object): Promise<SisConnection>
  readonly lines: readonly string[]
  close(): Promise<void>
}

/** A stand-in, and a connection to it by settings whose secrets stand in files as an operator would have them. */
export async function openRest(options: RestSisOptions = {}, more: object = {}): Promise<RestUnderTest> {
  const sis = await startRestSis(options)
  const folder = mkdtempSync(join(tmpdir(), 'emrex-rest-'))
  const host = hostWithConnections()
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `${text}\n`)
    return join(folder, name)
  }
  const open = (others: object = {}) =>
    restSisPlugin.create(
      restSettings.parse({
        url: sis.url,
        auth: authOf(sis, file),
        ...(sis.authority && { authoritiesFile: file('authority.pem', sis.authority.certificate) }),
        target: true,
        ...more,
        ...others,
      }),
      host,
      'rest',
    )
  return {
    sis,
    connection: await open(),
    open,
    lines: host.lines,
    close: async () => {
      await host.close()
      await sis.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function authOf({ credential, origin }: RestSis, file: (name: string, text: string) => string): RestSettings['auth'] {
  const { kind } = credential
  switch (kind) {
    case 'certificate':
      return {
        kind,
        keyFile: file('client.key', credential.privateKey),
        certificateFile: file('client.pem', credential.certificate),
      }
    case 'token':
      return { kind, tokenFile: file('token', credential.token) }
    case 'client-credentials':
      return {
        kind,
        tokenUrl: origin + credential.tokenPath,
        clientId: credential.clientId,
        clientSecretFile: file('secret', credential.clientSecret),
      }
    case 'hmac':
      return { kind, keyId: credential.keyId, secretFile: file('secret', credential.secret) }
  }
}
