import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InboundMessage, LoginOrder } from '@emrex-gateway/core'
import { makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import { plainOidcSettings, type PlainOidcSettings } from '../src/index.js'

export const callbackUrl = 'https://gateway.example/ncp/one/login/callback'
export const logoutUrl = 'https://gateway.example/ncp/one/login/logout'
export const clientId = 'gateway-under-test'

/** A folder with a key of ours, made now. */
export interface KeyFolder {
  readonly signer: ThrowawaySigner
  readonly keyFile: string
  readonly certificateFile: string
  file(name: string, text: string): string
  remove(): void
}

export async function makeKeyFolder(key?: Parameters<typeof makeThrowawaySigner>[0]): Promise<KeyFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'oidc-'))
  const signer = await makeThrowawaySigner(key ?? { key: { type: 'ec', curve: 'P-256' } })
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return {
    signer,
    keyFile: file('client.key.pem', signer.privateKey),
    certificateFile: file('client.pem', signer.certificate),
    file,
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Settings that fit the invented people: names, birth date, a national number. */
export const settingsFor = (issuer: string, keyFile: string | undefined, more: object = {}): PlainOidcSettings =>
  plainOidcSettings.parse({
    label: 'University of Prøve',
    issuer,
    clientId,
    ...(keyFile !== undefined && { keyFile }),
    askLevelBy: 'acr_values',
    levels: [
      { value: 'level-low', loa: 'low' },
      { value: 'level-substantial', loa: 'substantial' },
    ],
    claims: [
      { names: ['family_name'], gives: 'family-name', required: true },
      { names: ['given_name'], gives: 'given-name', required: true },
      { names: ['birthdate'], gives: 'birth-date', form: 'date', required: true },
      { names: ['pid'], gives: 'identifier', scheme: 'national:NO', persistence: 'lifelong' },
    ],
    subject: { scheme: 'oidc-sub' },
    logout: 'rp-initiated',
    ...more,
  })

export const orderFor = (handle: string, more: Partial<LoginOrder> = {}): LoginOrder => ({
  handle,
  callbackUrl,
  minimumLoa: 'none',
  freshLogin: true,
  language: 'en',
  ...more,
})

/** Changes the parameters of an answer that came in the address. */
export function withParameters(message: InboundMessage, change: (parameters: URLSearchParams) => void): InboundMessage {
  const url = new URL(message.url)
  change(url.searchParams)
  return { ...message, url: url.href }
}
