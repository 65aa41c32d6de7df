import { PlainBrowser } from '../../browser/plain-browser.js'
import { verifyWithXmlsec1 } from '../xmlsec1.js'
import { describeWith } from '../../optional-tests.js'
import { startLoginGovPl } from './start-login-gov-pl.js'
import { startMockIdp, type MockIdp } from './start-mock-idp.js'
import type { MockPerson } from './write-response.js'

const people: readonly MockPerson[] = [
  { id: 'ada', label: 'Ada Nordmann', note: 'has results', attributes: { family: 'Nordmann', given: 'Ada' } },
  { id: 'sol', label: 'Sol Byråd', attributes: { family: 'Byråd & Sønn' } },
]
const request =
  '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" ' +
  'AssertionConsumerServiceURL="http://127.0.0.1:9/callback"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">' +
  'https://sp.example</saml:Issuer></samlp:AuthnRequest>'
const SAMLRequest = Buffer.from(request).toString('base64')

let idp: MockIdp
afterEach(() => idp.close())

async function answerAfter(button: string): Promise<string> {
  const browser = new PlainBrowser()
  await browser.submit(
    { action: `${idp.origin}/sso`, method: 'POST', fields: [], boxes: [], buttons: [], autoSubmit: false },
    new URLSearchParams({ SAMLRequest, RelayState: 'h1' }),
  )
  expect(browser.heading).toBe('Mock login')
  const form = browser.forms.find(({ buttons }) => buttons.some(({ text }) => text === button))
  if (form === undefined) throw new Error(`no button ${button}`)
  await browser.submit(form, new URLSearchParams(form.fields.map(([name, value]) => [name, value])))
  const [answer] = browser.forms
  expect(answer).toMatchObject({ action: 'http://127.0.0.1:9/callback', method: 'POST' })
  const fields = Object.fromEntries(answer!.fields)
  expect(fields['RelayState']).toBe('h1')
  return Buffer.from(fields['SAMLResponse'] ?? '', 'base64').toString()
}

describe('startMockIdp', () => {
  it('asks who you are, and sends that person, a cancelled login, or one with a fault', async () => {
    idp = await startMockIdp({ people })
    const good = await answerAfter('Sol Byråd')
    expect(good).toContain('>Byråd &amp; Sønn</saml2:AttributeValue>')
    expect(good).toContain('InResponseTo="_r1"')
    expect(await answerAfter('Cancel')).toContain('status:AuthnFailed')
    expect(await answerAfter('Log in too weakly')).toContain('LoA/low<')
    expect(await answerAfter('Log in, and keep most of it to yourself')).not.toContain('>Ada<')
    const expired = await answerAfter('Log in an hour ago')
    const end = /NotOnOrAfter="([^"]+)"/.exec(expired)![1]!
    expect(new Date(end).getTime()).toBeLessThan(Date.now())
  }, 60_000)

  it('says no to what is no request', async () => {
    idp = await startMockIdp({ people })
    expect((await fetch(`${idp.origin}/sso`)).status).toBe(400)
    expect(
      (await fetch(`${idp.origin}/login`, { method: 'POST', body: new URLSearchParams({ login: 'x' }) })).status,
    ).toBe(400)
  }, 60_000)
})

describeWith(describe, 'xmlsec1', 'startMockIdp and xmlsec1', () => {
  const element = (name: string): string[] => [`urn:oasis:names:tc:SAML:2.0:${name}`]

  it('signs answers, ECDSA and the answer to an artifact included, so that xmlsec1 agrees', async () => {
    idp = await startMockIdp({ people, signed: 'response' })
    const response = await answerAfter('Ada Nordmann')
    expect(await verifyWithXmlsec1(response, idp.certificate, element('protocol:Response'))).toBe(true)
    expect(
      await verifyWithXmlsec1(response.replace('>Ada<', '>Eve<'), idp.certificate, element('protocol:Response')),
    ).toBe(false)
    await idp.close()

    idp = await startLoginGovPl({ people })
    const { SAMLart } = await idp.answer({ SAMLRequest }, 'ada')
    const question = `<samlp:ArtifactResolve ID="_q"><samlp:Artifact>${SAMLart}</samlp:Artifact></samlp:ArtifactResolve>`
    const soap = await (await fetch(`${idp.origin}/artifact`, { method: 'POST', body: question })).text()
    const answer = /<saml2p:ArtifactResponse.*<\/saml2p:ArtifactResponse>/s.exec(soap)![0]
    expect(answer).toContain('<saml2p:Response')
    expect(await verifyWithXmlsec1(answer, idp.certificate, element('protocol:ArtifactResponse'))).toBe(true)
  }, 60_000)
})
