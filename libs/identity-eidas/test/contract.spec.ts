import type { BrowserAction, InboundMessage } from '@emrex-gateway/core'
import { type MockIdp, type MockPerson, recordingHost, startLoginGovPl, startMockIdp } from '@emrex-gateway/testing'
import { identityProviderContract } from '@emrex-gateway/testing/contracts'
import { eidasIdentityPlugin, eidasSettings } from '../src/index.js'
import { minimumDataSet } from '../src/rules/eidas-rules.js'
import { type KeyFolder, makeKeyFolder } from './key-folder.js'

const entityId = 'https://gateway.example/saml'
const callbackUrl = 'https://gateway.example/ncp/one/login/callback'

/** A person with the minimum data set. */
const person = (identifier: string): MockPerson => ({
  id: 'lucja',
  label: 'Łucja Zofia Przykładowska',
  nameId: '_passing-1',
  attributes: Object.fromEntries(
    [identifier, 'Przykładowska', 'Łucja Zofia', '1944-05-14'].map((value, at) => [minimumDataSet[at]!, value]),
  ),
})
const personalData = ['Przykład', 'Łucja', '44051401359', '1944-05-14', '_passing-1', 'a1b2']

function fieldsOf(action: BrowserAction): Readonly<Record<string, string>> {
  if (action.kind !== 'post') throw new Error(`the action is ${action.kind}`)
  return action.fields
}
const posted = (fields: Readonly<Record<string, string>>): InboundMessage => ({
  method: 'POST',
  url: callbackUrl,
  form: new Map(Object.entries(fields)),
})

let croatian: MockIdp
let polish: MockIdp
let rsa: KeyFolder
let elliptic: KeyFolder
let decrypting: KeyFolder

beforeAll(async () => {
  rsa = await makeKeyFolder(undefined)
  elliptic = await makeKeyFolder({ type: 'ec', curve: 'P-256' })
  decrypting = await makeKeyFolder({ type: 'ec', curve: 'P-256' })
  croatian = await startMockIdp({ people: [person('HU/HR/a1b2')] })
  croatian.register(entityId, {})
  polish = await startLoginGovPl({ people: [person('44051401359')] })
  polish.register(entityId, { encryptionCertificate: decrypting.certificate, consumerUrl: callbackUrl })
}, 60_000)

afterAll(async () => {
  await croatian.close()
  await polish.close()
  rsa.remove()
  elliptic.remove()
  decrypting.remove()
})

const open = (profile: string, idp: MockIdp, keys: KeyFolder, more: object) => {
  const pair = { keyFile: keys.keyFile, certificateFile: keys.certificateFile }
  const settings = eidasSettings.parse({
    profile,
    entityId,
    identityProvider: { entityId: idp.entityId, metadataFile: keys.file('idp.xml', idp.metadata) },
    signing: [pair],
    ...more,
  })
  return eidasIdentityPlugin.create(settings, recordingHost(), 'eid')
}

identityProviderContract('identity-eidas by the profile hr-nias', {
  open: () => open('hr-nias', croatian, rsa, {}),
  answer: async (action, _order, what) =>
    posted(await croatian.answer(fieldsOf(action), what === 'cancel' ? 'cancel' : 'lucja')),
  spoil: (message) => {
    const xml = Buffer.from(message.form.get('SAMLResponse')!, 'base64').toString('utf8')
    const spoilt = Buffer.from(xml.replace('HU/HR/a1b2', 'HU/HR/a1b3')).toString('base64')
    return { ...message, form: new Map([...message.form, ['SAMLResponse', spoilt]]) }
  },
  personalData,
})

identityProviderContract('identity-eidas by the profile pl-login-gov', {
  open: () =>
    open('pl-login-gov', polish, elliptic, {
      providerName: 'University of Prøve',
      encryption: [{ keyFile: decrypting.keyFile, certificateFile: decrypting.certificateFile }],
    }),
  answer: async (action, _order, what) =>
    posted(await polish.answer(fieldsOf(action), what === 'cancel' ? 'cancel' : 'lucja')),
  spoil: (message) => ({ ...message, form: new Map([...message.form, ['SAMLart', 'AAQAAA==']]) }),
  personalData,
})
