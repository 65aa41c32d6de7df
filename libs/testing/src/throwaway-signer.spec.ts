import { createPrivateKey, createSign, X509Certificate } from 'node:crypto'
import { makeThrowawaySigner } from './throwaway-signer.js'

describe('makeThrowawaySigner', () => {
  it('gives a key that fits its certificate', async () => {
    for (const key of [
      { type: 'rsa', bits: 2048 },
      { type: 'ec', curve: 'P-384' },
    ] as const) {
      const signer = await makeThrowawaySigner({ key })
      const certificate = new X509Certificate(signer.certificate)
      expect(certificate.checkPrivateKey(createPrivateKey(signer.privateKey))).toBe(true)
      expect(createSign('sha256').update('x').sign(signer.privateKey).length).toBeGreaterThan(60)
    }
  })
})
