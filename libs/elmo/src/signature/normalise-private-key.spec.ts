import { createPrivateKey } from 'node:crypto'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { normalisePrivateKey } from './normalise-private-key.js'

const { privateKey } = await makeThrowawaySigner()
const pkcs1 = String(createPrivateKey(privateKey).export({ format: 'pem', type: 'pkcs1' }))

describe('normalisePrivateKey', () => {
  const forms: [string, (pem: string) => string][] = [
    ['as it should be', (pem) => pem],
    ['on one line', (pem) => pem.replace(/\n/g, '')],
    ['on one line with blanks', (pem) => pem.replace(/\n/g, ' ')],
    ['with written line breaks', (pem) => pem.replace(/\n/g, '\\n')],
    ['with CR LF', (pem) => pem.replace(/\n/g, '\r\n')],
    ['with text around it', (pem) => `Bag Attributes\n${pem}\n`],
  ]
  it.each(forms)('gives the same key from PEM %s, PKCS #8 or PKCS #1', (_, form) => {
    expect(normalisePrivateKey(form(privateKey))).toBe(privateKey)
    expect(normalisePrivateKey(form(pkcs1))).toBe(pkcs1)
  })

  it.each([
    ['a key in the old encrypted form', pkcs1.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\n\n')],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
    ['no PEM', 'MIIB'],
  ])('leaves %s as it is', (_, text) => {
    expect(normalisePrivateKey(text)).toBe(text)
  })
})
