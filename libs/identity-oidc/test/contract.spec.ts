import { recordingHost, registrationOf, startOidcProvider, type OidcProviderStandIn } from '@emrex-gateway/testing'
import { identityProviderContract } from '@emrex-gateway/testing/contracts'
import { oidcIdentityPlugin } from '../src/index.js'
import {
  callbackUrl,
  clientId,
  logoutUrl,
  makeKeyFolder,
  settingsFor,
  withParameters,
  type KeyFolder,
} from './registration.js'
import { visit } from './visitor.js'

let issuer: OidcProviderStandIn
let keys: KeyFolder

beforeAll(async () => {
  keys = await makeKeyFolder()
  issuer = await startOidcProvider({
    clients: [
      await registrationOf(clientId, keys.signer.privateKey, [callbackUrl], { post_logout_redirect_uris: [logoutUrl] }),
    ],
  })
}, 60_000)

afterAll(async () => {
  await issuer.close()
  keys.remove()
})

identityProviderContract('identity-oidc', {
  open: () => oidcIdentityPlugin.create(settingsFor(issuer.issuer, keys.keyFile), recordingHost(), 'prove'),
  answer: (action, _order, what) => visit(action, what === 'cancel' ? 'Cancel' : 'Ada Marie Nordmann-Prøve'),
  spoil: (message) => withParameters(message, (all) => all.set('code', `${all.get('code')}x`)),
  broken: {
    'by another issuer': (message) => withParameters(message, (all) => all.set('iss', 'https://other.example')),
    'by a missing issuer': (message) => withParameters(message, (all) => all.delete('iss')),
    'by a second code': (message) => withParameters(message, (all) => all.append('code', 'another')),
    'by a missing code': (message) => withParameters(message, (all) => all.delete('code')),
    'by another state': (message) => withParameters(message, (all) => all.set('state', 'another')),
    'by a missing state': (message) => withParameters(message, (all) => all.delete('state')),
    'by an ID token in the address': (message) => withParameters(message, (all) => all.set('id_token', 'a.b.c')),
    'by a packed answer': (message) => withParameters(message, (all) => all.set('response', 'a.b.c')),
    'by coming as a form without fields': (message) => ({ ...message, method: 'POST' }),
  },
  personalData: ['Ada', 'Nordmann', '05068907693', '1989-06-05'],
})
