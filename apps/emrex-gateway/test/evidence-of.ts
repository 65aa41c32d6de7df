import type { AuditEvent, ReasonCode } from '@emrex-gateway/core'
import type { PlainBrowser } from '@emrex-gateway/testing'
import type { TownUnderTest } from './town-under-test.js'

/** What the audit tells about one transfer, in order. */
export interface Evidence {
  readonly events: readonly AuditEvent[]
  readonly codes: readonly ReasonCode[]
  /** How it ended, or the reason for which it waits. */
  readonly code: ReasonCode | undefined
}

export async function evidenceOf(under: TownUnderTest, transferId: string): Promise<Evidence> {
  const lines = await under.audit(transferId)
  const codes = lines.flatMap(({ code }) => code ?? [])
  return { events: lines.map(({ event }) => event), codes, code: codes.at(-1) }
}

/** The id of the transfer whose page is open. */
export function transferIdOf(browser: PlainBrowser): string {
  const [, id] = /\/transfers\/([^/?]+)/.exec(browser.page.url) ?? []
  if (id === undefined) throw new Error(`no page of a transfer: "${browser.heading}" at ${browser.page.url}`)
  return id
}
