import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@emrex-gateway/testing'
import type { PlainBrowser } from '@emrex-gateway/testing'
import { TownUnderTest } from '../town-under-test.js'
import type { Said, Side } from './held-answer.js'
import { rewriteTown } from './rewrite-town.js'
import { startSecondLogins, type SecondLogins } from './second-logins.js'

/** The logins of the town that are attacked. */
export const [saml, oidc] = ['town-saml', 'town-oidc']

/** A town with two SAML and two OpenID Connect logins, and what must be true in it after an attack. */
export class AttackedTown {
  private constructor(
    readonly under: TownUnderTest,
    readonly second: SecondLogins,
  ) {}

  static async start(): Promise<AttackedTown> {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-attacks-'))
    const port = await freePort()
    const second = await startSecondLogins(folder, port)
    const rewriteSettings = rewriteTown(second.add)
    return new AttackedTown(await TownUnderTest.start({ folder, port, realLogins: true, rewriteSettings }), second)
  }

  async stop(): Promise<void> {
    await this.under.stop()
    await this.second.close()
  }

  get town() {
    return this.under.town
  }

  originOf(side: Side): string {
    return new URL(side.entry(this.town)).origin
  }

  /** What the evidence says about the transfer whose page this is. */
  audit(hub: string) {
    return this.under.audit(hub.split('/').at(-1)!)
  }

  /** The good twin: the person for whom the login was begun is where they should be. */
  async expectLoggedIn(browser: PlainBrowser, side: Side, hub: string): Promise<void> {
    await browser.open(`${this.originOf(side)}${hub}`)
    expect(browser.heading).toBe(side.after)
  }

  async expectFailed(browser: PlainBrowser, side: Side, hub: string): Promise<void> {
    await browser.open(`${this.originOf(side)}${hub}`)
    expect([browser.heading, browser.text]).toEqual([
      'The login did not work',
      expect.stringContaining('did not confirm who you are'),
    ])
  }
}

/** Path of the transfer to which an answer was let; the answer itself shows nothing. */
export function hubIn(said: Said): string {
  expect(said.status).toBe(303)
  expect(said.location).toMatch(/^\/(smp|ncp)\/[a-z]+\/transfers\/[\w-]+$/)
  return said.location!
}
