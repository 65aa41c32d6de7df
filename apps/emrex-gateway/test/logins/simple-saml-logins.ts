import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeThrowawaySigner, startSimpleSamlPhp, type SimpleSamlPhp } from '@emrex-gateway/testing'
import { samlLoginPeople, samlLoginSettings } from '@emrex-gateway/town'
import type { Student } from '../browser/student.js'
import type { RealLogin } from './real-login.js'
import { entriesOf, type TownSettingsFile } from './rewrite-town.js'

export const ciphers = ['none', 'aes256-gcm', 'aes128-cbc'] as const
export type Cipher = (typeof ciphers)[number]

const labels: Readonly<Record<Cipher, string>> = {
  none: 'SimpleSAMLphp in plain text',
  'aes256-gcm': 'SimpleSAMLphp with AES-256-GCM',
  'aes128-cbc': 'SimpleSAMLphp with AES-128-CBC',
}
const level = 'https://town.example/level/substantial'
const ourEntityId = 'https://town.example/simple-saml'
const loginId = (cipher: Cipher) => `ssp-${cipher}`
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

/** Somebody whose birth date SimpleSAMLphp does not tell. */
export const ageless = 'ageless'

export interface SimpleSamlLogins {
  /** For `rewriteTown`: every entry of the town offers one login for each cipher. */
  readonly add: (settings: TownSettingsFile) => void
  close(): Promise<void>
}

/** One SimpleSAMLphp for each way of encrypting; each knows the whole town, at the entries with these public addresses. */
export async function startSimpleSamlLogins(folder: string, entries: readonly string[]): Promise<SimpleSamlLogins> {
  const [signing, encryption] = await Promise.all(
    ['signing', 'encryption'].map(async (use) => {
      const { privateKey, certificate } = await makeThrowawaySigner()
      writeFileSync(join(folder, `ssp-${use}.key.pem`), privateKey)
      writeFileSync(join(folder, `ssp-${use}.pem`), certificate)
      return certificate
    }),
  )
  const started = await Promise.all(
    ciphers.map(async (cipher) => {
      const at = (what: string) => entries.map((entry) => `${entry}/login/${loginId(cipher)}/${what}`)
      const [consumerUrl = '', ...furtherConsumerUrls] = at('callback')
      const idp = await startSimpleSamlPhp({
        people: peopleOfTheTown(),
        level,
        service: {
          entityId: ourEntityId,
          consumerUrl,
          furtherConsumerUrls,
          logoutUrl: at('logout')[0] ?? '',
          signingCertificate: signing!,
          ...(cipher === 'none' ? {} : { encryptionCertificate: encryption! }),
        },
        ...(cipher === 'none' ? {} : { cipher }),
      })
      return { cipher, idp }
    }),
  )
  for (const { cipher, idp } of started) writeFileSync(join(folder, `${loginId(cipher)}.xml`), idp.metadata)
  return {
    add(settings) {
      settings.logins.push(...started.map((one) => loginSettings(one)))
      for (const entry of entriesOf(settings)) entry.logins.push(...ciphers.map(loginId))
    },
    close: async () => void (await Promise.all(started.map(({ idp }) => idp.close()))),
  }
}

function loginSettings({ cipher, idp }: { readonly cipher: Cipher; readonly idp: SimpleSamlPhp }) {
  const settings = samlLoginSettings({
    entityId: idp.entityId,
    metadataFile: `./${loginId(cipher)}.xml`,
    ourEntityId,
    label: labels[cipher],
    countries: [],
    keys: (use) => ({ keyFile: `./ssp-${use}.key.pem`, certificateFile: `./ssp-${use}.pem` }),
  })
  const relaxation = { reason: 'SimpleSAMLphp 1.19 has no other', until: tomorrow() }
  const relax = { oaepSha1: relaxation, ...(cipher === 'aes128-cbc' ? { aesCbc: relaxation } : {}) }
  return {
    id: loginId(cipher),
    plugin: 'saml',
    settings: {
      ...settings,
      // It says of everybody the same level, and does not look for the one that is asked for.
      request: { binding: 'redirect' },
      response: { signed: 'both', ...(cipher === 'none' ? {} : { encrypted: 'required', relax }) },
      logout: 'redirect',
    },
  }
}

function peopleOfTheTown() {
  const people = samlLoginPeople().map(({ id, attributes }) => {
    const all = Object.entries(attributes).map(([name, value]) => [name, [value].flat()] as const)
    return [id, { uid: [id], ...Object.fromEntries(all) }] as const
  })
  const { birthdate: _untold, ...first } = people[0]![1] as Record<string, readonly string[]>
  return { ...Object.fromEntries(people), [ageless]: { ...first, uid: [ageless] } }
}

/** User name and password are the id of the person. */
export const bySimpleSaml = (cipher: Cipher): RealLogin => ({
  how: labels[cipher],
  label: labels[cipher],
  async logInAs({ page }: Student, person: string) {
    await page.locator('#username').fill(person)
    await page.locator('#password').fill(person)
    await page.locator('#password').press('Enter')
  },
})
