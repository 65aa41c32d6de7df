import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  BrowserAction,
  Grant,
  InboundMessage,
  LoginOrder,
  NewCase,
  PluginHost,
  SisConnection,
} from '@emrex-gateway/core'
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
  readonly host: Pick<HostWithConnections, 'lines' | 'opened'>
  /** Goes through the whole login as this student would, in a browser. */
  grantOf(student: Student): Promise<Grant>
  /** A second connection, as another instance of the gateway would have. */
  another(): Promise<SisConnection>
  /** From now on no case can be opened. */
  refuseCases(error: Error): void
  close(): Promise<void>
}

export async function openUsos(
  options: UsosOptions & { readonly gatewayNow?: () => Date; readonly settings?: object } = {},
): Promise<OpenUsos> {
  const { gatewayNow, settings: more, ...ofServer } = options
  const usos = await startUsos(ofServer)
  const connections = hostWithConnections(gatewayNow === undefined ? {} : { now: gatewayNow })
  let refusal: Error | undefined
  const open = async (newCase: NewCase) => {
    if (refusal !== undefined) throw refusal
    return connections.cases.open(newCase)
  }
  const cases: PluginHost['cases'] = { open, receipt: (system, id) => connections.cases.receipt(system, id) }
  const host = { ...connections, cases }
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
  const connect = () => usosSisPlugin.create(settings, host, 'usos')
  const connection = await connect()
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
    another: connect,
    refuseCases: (error) => void (refusal = error),
    async close() {
      rmSync(folder, { recursive: true, force: true })
      await connection.close()
      await connections.close()
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
