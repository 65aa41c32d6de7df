import { spawnSync } from 'node:child_process'
import { webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { describeWith, signWithXmlsec1, verifyWithXmlsec1 } from '@emrex-gateway/testing'
import { escapeXml, signEnveloped, type DigestAlgorithm, type SignatureAlgorithm } from '../src/index.js'
import { judge } from './judged.js'
import { buildResponse, makeKeys, ns, profileOf, type FactoryKey } from './saml-factory.js'

jest.setTimeout(120_000)
const load = createRequire(import.meta.url)
const xmldsig = load('xmldsigjs') as typeof import('xmldsigjs')
const { setNodeDependencies } = createRequire(load.resolve('xmldsigjs'))('xml-core') as {
  setNodeDependencies: (parts: object) => void
}
// Another release line of the parser than the one that the library reads with.
const beside = createRequire(load.resolve('xml-crypto'))
setNodeDependencies({ ...(beside('@xmldom/xmldom') as object), xpath: beside('xpath') as object })
xmldsig.Application.setEngine('node', webcrypto as Crypto)

const keys = await makeKeys()
const elements = ['protocol:AuthnRequest', 'protocol:Response', 'assertion:Assertion'].map(
  (name) => `urn:oasis:names:tc:SAML:2.0:${name}`,
)

const request =
  `<p:AuthnRequest xmlns:p="${ns.samlp}" xmlns:a="${ns.saml}" ID="_1" Version="2.0" ProviderName="Ø &amp; Å">\n` +
  `<a:Issuer>https://sp.example.org</a:Issuer><p:Extensions xmlns:z="urn:z" xmlns:b="urn:b"><b:x z:y="1" b:a="2"/></p:Extensions></p:AuthnRequest>`

const sign = (key: FactoryKey, signature: SignatureAlgorithm, digest: DigestAlgorithm): string =>
  signEnveloped(request, {
    id: '_1',
    key: key.privateKey,
    certificate: key.certificate,
    signature,
    digest,
    place: 'after-issuer',
  })
const change = (xml: string): string => xml.replace('ProviderName="Ø', 'ProviderName="O')

const rsa = [
  ['rsa-sha256', 'sha256', keys.idp],
  ['rsa-sha384', 'sha384', keys.idp],
  ['rsa-sha512', 'sha512', keys.idp],
] as const
const ecdsa = [
  ['ecdsa-sha256', 'sha256', keys.ec256],
  ['ecdsa-sha384', 'sha512', keys.ec384],
  ['ecdsa-sha512', 'sha256', keys.ec521],
] as const
const pss = [
  ['rsa-pss-sha256', 'sha256', keys.idp],
  ['rsa-pss-sha384', 'sha384', keys.idp],
  ['rsa-pss-sha512', 'sha512', keys.idp],
] as const

describeWith(describe, 'xmlsec1', 'signatures and xmlsec1', () => {
  it.each([...rsa, ...ecdsa])('it verifies what signEnveloped signs: %s', async (signature, digest, key) => {
    const xml = sign(key, signature, digest)
    await expect(verifyWithXmlsec1(xml, key.certificate, elements)).resolves.toBe(true)
    await expect(verifyWithXmlsec1(change(xml), key.certificate, elements)).resolves.toBe(false)
    await expect(verifyWithXmlsec1(xml, keys.other.certificate, elements)).resolves.toBe(false)
  })

  it.each(['response', 'assertion'] as const)('a message it signed is accepted here: %s', async (signed) => {
    const empty = (xml: string): string => xml.replace(/(<ds:(?:DigestValue|SignatureValue)>)[^<]*/g, '$1')
    const template = buildResponse(keys, { signed, sign: { edit: empty } })
    const signer = {
      privateKey: keys.idp.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      certificate: keys.idp.certificate,
    }
    const message = await signWithXmlsec1(template, signer, elements)
    const profile = profileOf({ signed })
    expect(judge(keys, message, { profile })).toMatchObject({ ok: true, facts: { nameId: { value: 'ada-1' } } })
    expect(judge(keys, message.replace('ada-1', 'eve-1'), { profile })).toMatchObject({ detail: 'sig-invalid' })
  })
})

/** What a second library for signatures says, and the NameID that its own parser reads. */
async function readByXmldsigjs(xml: string, key: FactoryKey, hash: string) {
  const document = xmldsig.Parse(xml)
  const signed = new xmldsig.SignedXml(document)
  signed.LoadXml(document.getElementsByTagNameNS(ns.ds, 'Signature')[0]!)
  const spki = key.publicKey.export({ type: 'spki', format: 'der' })
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash }
  const publicKey = await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify'])
  const holds = await signed.Verify(publicKey as CryptoKey).catch(() => false)
  return { holds, nameId: document.getElementsByTagNameNS(ns.saml, 'NameID')[0]?.textContent }
}

describe('signatures and xmldsigjs', () => {
  it.each(rsa)('it verifies what signEnveloped signs: %s', async (signature, digest, key) => {
    const xml = sign(key, signature, digest)
    const hash = `SHA-${digest.slice(3)}`
    expect((await readByXmldsigjs(xml, key, hash)).holds).toBe(true)
    expect((await readByXmldsigjs(change(xml), key, hash)).holds).toBe(false)
  })

  it('SX-24: reads the same NameID out of the same bytes, and finds the same signature good', async () => {
    const texts = fc.sample(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => text.trim() === text),
      { seed: 24, numRuns: process.env['EMREX_LONG_TESTS'] === undefined ? 200 : 10_000 },
    )
    let read = 0
    for (const text of texts) {
      let written: string
      try {
        // Canonical form has these characters as they are, so that the factory must write them so.
        written = escapeXml(text).replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&#13;', '&#xD;')
        written = written.replaceAll('&#9;', '\t').replaceAll('&#10;', '\n')
      } catch {
        // No document can hold it.
        continue
      }
      const message = buildResponse(keys, { fields: { nameId: `<saml:NameID>${written}</saml:NameID>` } })
      const ours = judge(keys, message)
      const theirs = await readByXmldsigjs(message, keys.idp, 'SHA-256')
      expect({ nameId: ours.ok ? ours.facts.nameId?.value : ours.detail, holds: ours.ok }).toEqual(theirs)
      expect(theirs).toEqual({ nameId: text, holds: true })
      read += 1
    }
    expect(read).toBeGreaterThan(100)
  })
})

describeWith(describe, 'java', 'signatures and the XMLDSig of the JDK', () => {
  it('it verifies what signEnveloped signs, PSS among it, and refuses it changed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'saml-jdk-'))
    try {
      const all = [...pss, ...rsa, ...ecdsa].map(([signature, digest, key]) => ({
        xml: sign(key, signature, digest),
        key,
      }))
      const lines = [...all, ...all.map(({ xml, key }) => ({ xml: change(xml), key }))].map(({ xml, key }, index) => {
        const [document, certificate] = [join(folder, `${index}.xml`), join(folder, `${index}.pem`)]
        writeFileSync(document, xml)
        writeFileSync(certificate, key.certificate)
        return `${document}\t${certificate}`
      })
      writeFileSync(join(folder, 'list.txt'), lines.join('\n'))
      const program = fileURLToPath(new URL('java/VerifyMessage.java', import.meta.url))
      const { stdout, stderr, status } = spawnSync('java', [program, join(folder, 'list.txt')], {
        encoding: 'utf8',
        timeout: 100_000,
      })
      if (status !== 0) throw new Error(stderr)
      expect(stdout.trim().split('\n')).toEqual([...all.map(() => 'holds'), ...all.map(() => 'does not hold')])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
