import { createPrivateKey } from 'node:crypto'
import { describeWith, makeThrowawaySigner, verifyWithXmlsec1 } from '@emrex-gateway/testing'
import { signEnveloped } from '../src/index.js'

const request = (id: string) =>
  `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0">` +
  `<a:Issuer>https://sp.example.org</a:Issuer><p:Extensions/></p:AuthnRequest>`

describeWith(describe, 'xmlsec1', 'signEnveloped and xmlsec1', () => {
  it.each([
    ['rsa-sha256', 'sha256', { type: 'rsa', bits: 2048 }],
    ['ecdsa-sha256', 'sha512', { type: 'ec', curve: 'P-256' }],
  ] as const)('%s', async (signature, digest, key) => {
    const signer = await makeThrowawaySigner({ key })
    const xml = signEnveloped(request('_1'), {
      id: '_1',
      key: createPrivateKey(signer.privateKey),
      certificate: signer.certificate,
      signature,
      digest,
      place: 'after-issuer',
    })
    await expect(
      verifyWithXmlsec1(xml, signer.certificate, ['urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest']),
    ).resolves.toBe(true)
  })
})
