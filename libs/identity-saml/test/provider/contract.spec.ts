import { recordingHost, startMockIdp, type MockIdp } from '@emrex-gateway/testing'
import { identityProviderContract } from '@emrex-gateway/testing/contracts'
import { samlProvider } from '../../src/provider/saml-provider.js'
import {
  ada,
  fieldsOf,
  makeSettingsFolder,
  ourEntityId,
  personalData,
  posted,
  profile,
  type SettingsFolder,
} from './invented.js'

let idp: MockIdp
let files: SettingsFolder

beforeAll(async () => {
  files = await makeSettingsFolder()
  idp = await startMockIdp({ people: [ada] })
  idp.register(ourEntityId, { encryptionCertificate: files.certificates.encryption })
}, 60_000)
afterAll(async () => {
  await idp.close()
  await files.remove()
}, 60_000)

identityProviderContract('identity-saml against the mock identity provider', {
  open: async () => samlProvider(await files.settings(idp), profile(), recordingHost(), 'uni'),
  answer: async (action, _order, what) =>
    posted(await idp.answer(fieldsOf(action), what === 'cancel' ? 'cancel' : 'ada')),
  spoil: (message) => {
    const xml = Buffer.from(message.form.get('SAMLResponse')!, 'base64').toString('utf8')
    const spoilt = xml.replace(/(Destination="https:\/\/gateway\.example)/, '$1.evil')
    return { ...message, form: new Map([...message.form, ['SAMLResponse', Buffer.from(spoilt).toString('base64')]]) }
  },
  personalData,
})
