import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserAction, Grant, InboundMessage, LoginOrder, SisConnection } from '@emrex-gateway/core'
import {
  hostWithConnections,
  PlainBrowser,
  startUsos,
  type HostWithConnections,
  type UsosOptions,
  type UsosServer,
} from '@emrex-gateway/testing'
import type { Student } from '@emrex-gateway/testing/population'
import { usosSettings, usosSisPlugin } from '../src/index.js'

export const callbackUrl = 'https://gateway.example/ncp/one/login/callback'

export const order = (handle = 'handle-one', more: Partial<LoginOrder> = {}): LoginOrder => ({
  ...{ handle, callbackUrl, minimumLoa: 'none', freshLogin: false, language: 'pl' },
  ...more,
})

/** An installation and a connection to it. */
export interface OpenUsos {
  readonly usos: UsosServer
  readonly connection: SisConnection
  readonly host: HostWithConnections
  /** Goes through the whole login as this student would, in a browser. */
  grantOf(student: Student): Promise<Grant>
  close(): Promise<void>
}

export async function openUsos(
  options: UsosOptions & { readonly gatewayNow?: () => Date; readonly settings?: object } = {},
): Promise<OpenUsos> {
  const { gatewayNow, settings: more, ...ofServer } = options
  const usos = await startUsos(ofServer)
  const host = hostWithConnections(gatewayNow === undefined ? {} : { now: gatewayNow })
  const folder = mkdtempSync(join(tmpdir(), 'usos-'))
  const consumerSecretFile = join(folder, 'consumer.secret')
  writeFileSync(consumerSecretFile, `${usos.consumerSecret}\n`)
  const settings = usosSettings.parse({
    baseUrl: usos.baseUrl,
    consumerKey: usos.consumerKey,
    consumerSecretFile,
    institution: { schac: usos.schac },
    minIntervalMs: 0,
    ...more,
  })
  const connection = await usosSisPlugin.create(settings, host, 'usos')
  rmSync(folder, { recursive: true })
  return {
    usos,
    connection,
    host,
    async grantOf(student) {
      const { action, pending } = await connection.login!.begin(order())
      const message = await decide(action, usos.labelOf(student))
      const outcome = await connection.login!.complete(message, pending, order())
      if (!outcome.ok || outcome.grant === undefined) throw new Error('the login gave no grant')
      return outcome.grant
    },
    async close() {
      await connection.close()
      await host.close()
      await usos.close()
    },
  }
}

/** Presses a button on the page of USOS: what the browser brings back to us. */
export async function decide(action: BrowserAction, button: string): Promise<InboundMessage> {
  if (action.kind !== 'redirect') throw new Error('the login leads nowhere')
  const browser = new PlainBrowser()
  browser.holdAt = ({ hostname }) => hostname === 'gateway.example'
  await browser.open(action.url)
  await browser.press(button)
  if (browser.held === undefined) throw new Error('the browser did not come back')
  return { method: 'GET', url: browser.held, form: new Map() }
}
