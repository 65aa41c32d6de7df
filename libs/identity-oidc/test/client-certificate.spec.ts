import { makeThrowawaySigner, recordingHost, startOidcProvider } from '@emrex-gateway/testing'
import { oidcIdentityPlugin } from '../src/index.js'
import { callbackUrl, clientId, makeKeyFolder, orderFor, settingsFor } from './registration.js'
import { tlsFetch } from './tls-fetch.js'
import { visit } from './visitor.js'

describe('a login by tls_client_auth', () => {
  it('shows its certificate to an issuer that demands one, and trusts the named authorities alone', async () => {
    const server = await makeThrowawaySigner({ commonName: 'issuer', addresses: ['127.0.0.1'] })
    const stranger = await makeThrowawaySigner({ commonName: 'another issuer', addresses: ['127.0.0.1'] })
    const keys = await makeKeyFolder({ commonName: 'gateway' })
    const issuer = await startOidcProvider({
      tls: { ...server, clientAuthorities: [keys.signer.certificate] },
      clients: [
        {
          client_id: clientId,
          redirect_uris: [callbackUrl],
          token_endpoint_auth_method: 'tls_client_auth',
          tls_client_auth_subject_dn: 'CN=gateway, O=TEST ONLY',
        },
        {
          client_id: 'somebody-else',
          redirect_uris: [callbackUrl],
          token_endpoint_auth_method: 'tls_client_auth',
          tls_client_auth_subject_dn: 'CN=somebody else, O=TEST ONLY',
        },
      ],
    })
    const authoritiesFile = keys.file('authorities.pem', server.certificate)
    const foreignFile = keys.file('foreign.pem', stranger.certificate)
    const tls = { clientAuth: 'tls_client_auth', certificateFile: keys.certificateFile, authoritiesFile }
    const host = recordingHost({ environment: 'production', fetchAs: tlsFetch })
    const open = (more: object) =>
      oidcIdentityPlugin.create(settingsFor(issuer.issuer, keys.keyFile, { ...tls, ...more }), host, 'mtls')
    const browser = tlsFetch({ ...keys.signer, authorities: [server.certificate] })
    try {
      const provider = await open({})
      const { action, pending } = await provider.begin(orderFor('h'))
      const message = await visit(action, 'Ada Marie Nordmann-Prøve', browser)
      expect(await provider.complete(message, pending, orderFor('h'))).toMatchObject({
        ok: true,
        identity: { subject: 'sub-ada' },
      })
      await expect((await open({ clientId: 'somebody-else' })).begin(orderFor('h'))).rejects.toMatchObject({
        code: 'LOGIN_UNAVAILABLE',
      })
      const finding = `${issuer.issuer} does not answer with a discovery document`
      expect(await (await open({ authoritiesFile: foreignFile })).refresh!()).toEqual({
        available: false,
        findings: [finding],
      })
      const bare = recordingHost({ fetchAs: () => tlsFetch({ authorities: [server.certificate] }) })
      const without = await oidcIdentityPlugin.create(settingsFor(issuer.issuer, keys.keyFile, tls), bare, 'bare')
      expect(await without.refresh!()).toEqual({ available: false, findings: [finding] })
    } finally {
      await issuer.close()
      keys.remove()
    }
  }, 60_000)
})
