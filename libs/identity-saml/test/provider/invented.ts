import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoginOrder, InboundMessage, BrowserAction } from '@emrex-gateway/core'
import { makeThrowawaySigner, type MockPerson, type ThrowawayOptions } from '@emrex-gateway/testing'
import type { SamlProfile } from '../../src/profile.js'
import { samlSettings, type SamlSettings } from '../../src/provider/saml-settings.js'
import { loa, names, profileOf } from '../saml-factory.js'

export const ourEntityId = 'https://gateway.example/saml'

export const ada: MockPerson = {
  id: 'ada',
  label: 'Ada Marie Nordmann',
  nameId: 'ada-1',
  attributes: {
    [names.identifier]: 'NO/SE/05068907693',
    [names.family]: 'Nordmann',
    [names.given]: 'Ada Marie',
    [names.birthDate]: '1989-06-05',
  },
}

/** What must not stand in an outcome's detail or a log line. */
export const personalData = ['Ada', 'Nordmann', '05068907693', '1989-06-05', 'ada-1']

export const order = (change: Partial<LoginOrder> = {}): LoginOrder => ({
  handle: 'handle-one',
  callbackUrl: 'https://gateway.example/ncp/one/login/callback',
  minimumLoa: 'substantial',
  freshLogin: true,
  language: 'en',
  ...change,
})

/** A message by POST with these fields. */
export const posted = (fields: Readonly<Record<string, string>>, url = order().callbackUrl): InboundMessage => ({
  method: 'POST',
  url,
  form: new Map(Object.entries(fields)),
})

/** The fields that an action posts. */
export function fieldsOf(action: BrowserAction): Readonly<Record<string, string>> {
  if (action.kind !== 'post') throw new Error(`the action is ${action.kind}`)
  return action.fields
}

export const profile = (
  response: Partial<SamlProfile['response']> = {},
  change: Partial<SamlProfile> = {},
): SamlProfile =>
  profileOf(response, {
    nameId: {
      names: ['NameID'],
      gives: 'identifier',
      scheme: 'saml-nameid',
      persistence: 'pairwise',
      known: { source: 'invented' },
    },
    levels: [loa.low, loa.substantial, loa.high].map((value) => ({
      value,
      loa: value.slice(value.lastIndexOf('/') + 1) as 'low',
      known: { source: 'invented' },
    })),
    ...change,
  })

/** A folder with keys made now, and settings that name them. */
export interface SettingsFolder {
  readonly folder: string
  readonly certificates: { readonly signing: string; readonly encryption: string }
  /** Settings for a login whose metadata is this text. */
  settings(idp: { readonly entityId: string; readonly metadata: string }, change?: object): Promise<SamlSettings>
  remove(): Promise<void>
}

export async function makeSettingsFolder(
  kinds: { readonly signing?: ThrowawayOptions['key']; readonly encryption?: ThrowawayOptions['key'] } = {},
): Promise<SettingsFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'emrex-saml-'))
  const made = { signing: '', encryption: '' }
  for (const use of ['signing', 'encryption'] as const) {
    const kind = kinds[use]
    const signer = await makeThrowawaySigner(kind === undefined ? {} : { key: kind })
    await writeFile(join(folder, `${use}.key`), signer.privateKey)
    await writeFile(join(folder, `${use}.pem`), signer.certificate)
    made[use] = signer.certificate
  }
  const pair = (use: string) => ({ keyFile: join(folder, `${use}.key`), certificateFile: join(folder, `${use}.pem`) })
  return {
    folder,
    certificates: made,
    async settings({ entityId, metadata }, change = {}) {
      const metadataFile = join(folder, 'idp.xml')
      await writeFile(metadataFile, metadata)
      return samlSettings.parse({
        entityId: ourEntityId,
        identityProvider: { entityId, metadataFile },
        signing: [pair('signing')],
        encryption: [pair('encryption')],
        ...change,
      })
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
