import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeThrowawaySigner, registrationOf, startMockIdp, startOidcProvider } from '@emrex-gateway/testing'
import { oidcLoginPeople, oidcLoginSettings } from './oidc-login.js'
import { samlLevels, samlLoginPeople, samlLoginSettings } from './saml-login.js'

/** One entry of the `logins` in the settings. */
export interface LoginUse {
  readonly id: string
  readonly plugin: string
  readonly settings: object
}

export interface RealLogins {
  readonly logins: readonly LoginUse[]
  close(): Promise<void>
}

const samlId = 'town-saml'
const oidcId = 'town-oidc'
export const samlLoginLabel = 'The town’s electronic identity (SAML)'
export const oidcLoginLabel = 'The town’s university login (OpenID Connect)'

/**
 * A SAML identity provider and an OpenID Connect provider on loopback, both of which know everybody of the town, and the
 * logins of the gateway that go there. `entries` are the public addresses of the entries that offer them.
 */
export async function startRealLogins(folder: string, entries: readonly string[]): Promise<RealLogins> {
  const keys = await Promise.all(['saml-signing', 'saml-encryption', oidcId].map((name) => keyPair(folder, name)))
  const encryptionCertificate = keys[1]!.certificate
  const ourEntityId = 'https://town.example/emrex-gateway'
  const saml = await startMockIdp({
    people: samlLoginPeople(),
    title: samlLoginLabel,
    level: samlLevels.good,
    lowLevel: samlLevels.weak,
    services: { [ourEntityId]: { encryptionCertificate, logoutUrl: `${entries[0]}/login/${samlId}/logout` } },
  })
  const metadataFile = join(folder, `${samlId}.metadata.xml`)
  writeFileSync(metadataFile, saml.metadata)
  const addressesOf = (what: string) => entries.map((entry) => `${entry}/login/${oidcId}/${what}`)
  // Staff come back to an address of their own, where an SMP takes this login for them.
  const callbacks = [...addressesOf('callback'), ...entries.map((entry) => `${entry}/staff/login/callback`)]
  const client = await registrationOf('town', keys[2]!.privateKey, callbacks, {
    post_logout_redirect_uris: addressesOf('logout'),
  })
  const oidc = await startOidcProvider({ host: 'localhost', people: oidcLoginPeople(), clients: [client] })
  return {
    logins: [
      {
        id: oidcId,
        plugin: 'oidc',
        settings: {
          ...oidcLoginSettings({
            ...{ issuer: oidc.issuer, clientId: 'town', keyFile: keys[2]!.keyFile },
            ...{ label: oidcLoginLabel, countries: [] },
          }),
          logout: 'rp-initiated',
          // The stand-in takes a posted logout with a cookie only that browsers do not send over plain http.
          logoutBy: 'get',
        },
      },
      {
        id: samlId,
        plugin: 'saml',
        settings: samlLoginSettings({
          ...{ entityId: saml.entityId, metadataFile, ourEntityId, label: samlLoginLabel, countries: [] },
          keys: (use) => {
            const { keyFile, certificateFile } = keys[use === 'signing' ? 0 : 1]!
            return { keyFile, certificateFile }
          },
        }),
      },
    ],
    close: async () => {
      await Promise.all([saml.close(), oidc.close()])
    },
  }
}

/** A throw-away key of the town, made once. */
async function keyPair(folder: string, name: string) {
  const [keyFile, certificateFile] = [join(folder, `${name}.key.pem`), join(folder, `${name}.pem`)]
  if (!existsSync(keyFile) || !existsSync(certificateFile)) {
    const signer = await makeThrowawaySigner({ commonName: `${name} of the demonstration town` })
    writeFileSync(keyFile, signer.privateKey, { mode: 0o600 })
    writeFileSync(certificateFile, signer.certificate)
  }
  const [privateKey, certificate] = [readFileSync(keyFile, 'utf8'), readFileSync(certificateFile, 'utf8')]
  return { keyFile, certificateFile, privateKey, certificate }
}
