import type { ClaimRule } from '@emrex-gateway/core'
import { recordingHost, startMockIdp, type MockIdp, type MockPerson } from '@emrex-gateway/testing'
import type { SamlProfile } from '../../src/profile.js'
import { samlProvider } from '../../src/provider/saml-provider.js'
import { names } from '../saml-factory.js'
import {
  ada,
  fieldsOf,
  makeSettingsFolder,
  order,
  ourEntityId,
  posted,
  profile,
  type SettingsFolder,
} from './invented.js'

const principal = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6'
const withIdentifier = (id: string, value: string): MockPerson => ({
  ...ada,
  id,
  attributes: { ...ada.attributes, [names.identifier]: value },
})
const people: readonly MockPerson[] = [
  withIdentifier('no-slashes', 'NO-SE-05068907693'),
  withIdentifier('no-country', '05068907693'),
  withIdentifier('for-denmark', 'NO/DK/05068907693'),
  withIdentifier('for-sweden', 'NO/SE/05068907693'),
  withIdentifier('greek', 'EL/SE/a1'),
  withIdentifier('signs', 'NO/SE/a/b+c='),
  { ...ada, id: 'without-birth-date', attributes: { ...ada.attributes, [names.birthDate]: [] } },
  { ...ada, id: 'two-given-names', attributes: { ...ada.attributes, [names.given]: ['Ada Marie', 'Ada'] } },
  { ...ada, id: 'at-home', attributes: { ...ada.attributes, [principal]: 'ada@uni.example' } },
  { ...ada, id: 'elsewhere', attributes: { ...ada.attributes, [principal]: 'ada@other.example' } },
]

let files: SettingsFolder
let idp: MockIdp
beforeAll(async () => {
  files = await makeSettingsFolder()
  idp = await startMockIdp({ people })
  idp.register(ourEntityId, { encryptionCertificate: files.certificates.encryption })
}, 60_000)
afterAll(async () => {
  await idp.close()
  await files.remove()
}, 60_000)

/** What a login of this person comes to, and the log. */
async function logIn(who: string, change: Partial<SamlProfile> = {}, metadata = idp.metadata) {
  const host = recordingHost()
  const settings = await files.settings({ entityId: idp.entityId, metadata }, { receivingCountry: 'SE' })
  const login = await samlProvider(settings, profile({ signed: 'either' }, change), host, 'login')
  const { action, pending } = await login.begin(order())
  const outcome = await login.complete(posted(await idp.answer(fieldsOf(action), who)), pending, order())
  return { outcome, log: host.lines.join('\n') }
}

describe('SP-13: the identifier of eIDAS', () => {
  // What is no identifier at all counts as none; one that was made for somebody else breaks the message.
  it.each([
    ['no-slashes', { reason: 'attributes-missing', detail: 'attributes-missing' }],
    ['no-country', { reason: 'attributes-missing', detail: 'attributes-missing' }],
    ['for-denmark', { reason: 'invalid-message', detail: 'attribute-form' }],
  ])('is refused: %s', async (who, refusal) => {
    const { outcome, log } = await logIn(who)
    expect(outcome).toEqual({ ok: false, ...refusal })
    expect(log).not.toContain('05068907693')
  })

  it.each([
    ['for-sweden', 'NO/SE/05068907693'],
    ['greek', 'GR/SE/a1'],
    ['signs', 'NO/SE/a/b+c='],
  ])('is taken: %s', async (who, value) => {
    const { outcome } = await logIn(who)
    if (!outcome.ok) throw new Error(`${outcome.reason} ${outcome.detail}`)
    expect(outcome.identity.identifiers).toContainEqual(expect.objectContaining({ scheme: 'eidas', value }))
  })
})

describe('a NameID that says of itself that it is transient', () => {
  const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
  const isName = ({ gives }: ClaimRule) => gives.endsWith('-name')
  const either = profile({ signed: 'either' })
  const nameOnly = { ...either, attributes: either.attributes.filter(isName) }

  it.each([
    ['nothing is said of it', undefined],
    ['it is said to last', nameOnly.nameId],
  ])('is no subject that lasts, also where %s', async (_, nameId) => {
    const passing = await startMockIdp({ people: [ada], signed: 'assertion', nameIdFormat: transient })
    try {
      const { nameId: _persistent, ...rest } = nameOnly
      const settings = await files.settings(passing)
      const login = await samlProvider(settings, { ...rest, ...(nameId && { nameId }) }, recordingHost(), 'login')
      const { action, pending } = await login.begin(order())
      const outcome = await login.complete(posted(await passing.answer(fieldsOf(action), 'ada')), pending, order())
      expect(outcome).toMatchObject({ ok: true, identity: { subject: 'ada-1', isPassing: true } })
    } finally {
      await passing.close()
    }
  })
})

describe('what an operator is told of attributes', () => {
  it.each([
    ['without-birth-date', 'login.attributes-missing', names.birthDate],
    ['two-given-names', 'login.attributes-malformed', names.given],
  ])('names the one that a login is refused for: %s', async (who, event, name) => {
    const { outcome, log } = await logIn(who)
    expect(outcome).toMatchObject({ ok: false })
    const lines = log.split('\n').filter((line) => line.includes(event))
    expect(lines).toEqual([expect.stringContaining(name)])
    expect(log).not.toMatch(/Nordmann|1989-06-05/)
  })
})

describe('SP-20: a value with a domain', () => {
  const scope =
    '<shibmd:Scope xmlns:shibmd="urn:mace:shibboleth:metadata:1.0" regexp="false">uni.example</shibmd:Scope>'
  const federation = (): Partial<SamlProfile> => ({
    kind: 'federation',
    attributes: [
      ...profile().attributes,
      { names: [principal], gives: 'identifier', scheme: 'eppn', known: { source: 'invented' } },
    ],
  })
  const scoped = () => idp.metadata.replace(/(<md:IDPSSODescriptor[^>]*>)/, `$1<md:Extensions>${scope}</md:Extensions>`)

  it('counts where the metadata of the login let it speak for that domain, and is left out and told where not', async () => {
    const atHome = await logIn('at-home', federation(), scoped())
    expect(atHome.outcome).toMatchObject({ ok: true })
    expect(JSON.stringify(atHome.outcome)).toContain('ada@uni.example')
    const elsewhere = await logIn('elsewhere', federation(), scoped())
    expect(elsewhere.outcome).toMatchObject({ ok: true })
    expect(JSON.stringify(elsewhere.outcome)).not.toContain('other.example')
    expect(elsewhere.log).toContain('login.attributes-out-of-scope')
    expect(elsewhere.log).not.toContain('ada@')
  })
})
