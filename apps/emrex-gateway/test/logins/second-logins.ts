import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  makeThrowawaySigner,
  registrationOf,
  startMockIdp,
  startOidcProvider,
  type MockIdp,
  type OidcProviderStandIn,
} from '@emrex-gateway/testing'
import {
  oidcLoginPeople,
  oidcLoginSettings,
  samlLoginPeople,
  samlLoginSettings,
  townEntries,
} from '@emrex-gateway/town'
import { entriesOf, type TownSettingsFile } from './rewrite-town.js'

export interface SecondLogins {
  readonly saml: MockIdp
  readonly oidc: OidcProviderStandIn
  /** The OpenID Connect login goes away, and comes back at its address. */
  stopOidc(): Promise<void>
  startOidc(): Promise<void>
  /** For `rewriteTown`: every entry of the town offers both. */
  readonly add: (settings: TownSettingsFile) => void
  close(): Promise<void>
}

export const secondSaml = 'second-saml'
export const secondOidc = 'second-oidc'
const ourEntityId = 'https://town.example/second'

/** Another SAML and another OpenID Connect login, so that one can be taken for the other. */
export async function startSecondLogins(folder: string, port: number): Promise<SecondLogins> {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const keys = ['second-signing', 'second-encryption', secondOidc]
  for (const name of keys) {
    const { privateKey, certificate } = await makeThrowawaySigner()
    write(`${name}.key.pem`, privateKey)
    write(`${name}.pem`, certificate)
  }
  const read = (name: string) => readFileSync(join(folder, name), 'utf8')
  const at = (login: string, what: string) => townEntries(port).map((entry) => `${entry}/login/${login}/${what}`)
  const level = 'https://town.example/level/substantial'
  const encryptionCertificate = read('second-encryption.pem')
  const saml = await startMockIdp({
    ...{ people: samlLoginPeople(), level, title: 'A second SAML login' },
    services: { [ourEntityId]: { encryptionCertificate } },
  })
  write('second-saml.xml', saml.metadata)
  const client = await registrationOf('second', read(`${secondOidc}.key.pem`), at(secondOidc, 'callback'))
  const startOidc = (wanted: number) =>
    startOidcProvider({ host: 'localhost', port: wanted, people: oidcLoginPeople(), clients: [client] })
  let oidc = await startOidc(0)
  const { issuer } = oidc
  const label = (what: string) => ({ label: `A second login by ${what}`, countries: [] })
  const samlSettings = samlLoginSettings({
    ...{ entityId: saml.entityId, metadataFile: './second-saml.xml', ourEntityId, ...label('SAML') },
    keys: (use) => ({ keyFile: `./second-${use}.key.pem`, certificateFile: `./second-${use}.pem` }),
  })
  const oidcSettings = {
    ...oidcLoginSettings({
      ...{ issuer, clientId: 'second', keyFile: `./${secondOidc}.key.pem`, ...label('OpenID Connect') },
    }),
    // What is asked then stands in the address, where it can be looked at.
    pushedRequests: 'never',
  }
  return {
    saml,
    get oidc() {
      return oidc
    },
    stopOidc: () => oidc.close(),
    startOidc: async () => {
      oidc = await startOidc(Number(new URL(issuer).port))
    },
    add(settings) {
      settings.logins.push(
        { id: secondSaml, plugin: 'saml', settings: samlSettings },
        { id: secondOidc, plugin: 'oidc', settings: oidcSettings },
      )
      for (const entry of entriesOf(settings)) entry.logins.push(secondSaml, secondOidc)
    },
    close: async () => void (await Promise.all([saml.close(), oidc.close()])),
  }
}
