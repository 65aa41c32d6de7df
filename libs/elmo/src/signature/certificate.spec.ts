import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { describeCertificate, normaliseCertificate } from './certificate.js'

const signer = await makeThrowawaySigner({ commonName: 'Test\\, NCP' })
const other = await makeThrowawaySigner()
const pem = normaliseCertificate(signer.certificate)
const bare = new X509Certificate(signer.certificate).raw.toString('base64')
const publicKey = createPublicKey(signer.certificate)

describe('normaliseCertificate', () => {
  it.each([
    ['PEM', signer.certificate],
    ['CRLF', signer.certificate.replaceAll('\n', '\r\n')],
    ['\\n written out', signer.certificate.replaceAll('\n', '\\n')],
    ['\\r\\n written out', signer.certificate.replaceAll('\n', '\\r\\n')],
    ['no line breaks', signer.certificate.replaceAll('\n', '')],
    ['blanks for line breaks', signer.certificate.replaceAll('\n', ' ')],
    ['no armour', bare],
    ['no armour, wrapped and indented', bare.replace(/.{76}/g, '$&\n      ')],
    ['armour with all blanks lost', signer.certificate.replace(/\s/g, '')],
    ['a chain', signer.certificate + other.certificate],
    ['text before it', `subject=CN = Test\n\n${signer.certificate}`],
  ])('reads %s', (_name, text) => {
    expect(normaliseCertificate(text)).toBe(pem)
  })

  it('takes a bare public key, with and without armour', () => {
    const spki = String(publicKey.export({ type: 'spki', format: 'pem' }))
    expect(normaliseCertificate(spki)).toBe(spki)
    expect(normaliseCertificate(spki.replace(/-+[A-Z ]+-+|\s/g, ''))).toBe(spki)
  })

  it.each([
    ['nothing', ''],
    ['words', 'certificate'],
    ['a private key', signer.privateKey],
    ['a damaged certificate', bare.slice(0, -40)],
    ['base64 of something else', 'aGVsbG8gd29ybGQ='],
  ])('refuses %s', (_name, text) => {
    expect(() => normaliseCertificate(text)).toThrow(expect.objectContaining({ code: 'ELMO_CERTIFICATE' }))
  })
})

describe('describeCertificate', () => {
  it('tells subject, validity, fingerprint and key', async () => {
    const notBefore = new Date('2026-01-02T03:04:05Z')
    const notAfter = new Date('2027-01-02T03:04:05Z')
    const { certificate } = await makeThrowawaySigner({
      commonName: 'X',
      key: { type: 'ec', curve: 'P-384' },
      notBefore,
      notAfter,
    })
    const sha256 = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex')
    expect(describeCertificate(certificate)).toEqual({
      subject: 'O=TEST ONLY,CN=X',
      issuer: 'O=TEST ONLY,CN=X',
      sha256Fingerprint: sha256.toUpperCase().replace(/..(?!$)/g, '$&:'),
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
      selfSigned: true,
      keyType: 'ec',
      keyBits: 384,
    })
    expect(describeCertificate(signer.certificate)).toMatchObject({ keyType: 'rsa', keyBits: 2048 })
  })

  it('escapes a comma in a name, as RFC 4514 asks', () => {
    expect(describeCertificate(signer.certificate)?.subject).toBe('O=TEST ONLY,CN=Test\\, NCP')
  })

  it.each([
    ['a time that is none', /(?<=170d(?:3\d){12})5a(?=30)/, '58'],
    ['a kind of key that nobody knows', '06092a864886f70d010101', '06092a864886f70d01017f'],
  ])('refuses a certificate with %s, like any other text that it cannot read', (_name, from, to) => {
    const der = Buffer.from(bare, 'base64').toString('hex')
    const broken = Buffer.from(der.replace(from, to), 'hex').toString('base64')
    expect(broken).not.toBe(bare)
    expect(() => describeCertificate(broken)).toThrow(expect.objectContaining({ code: 'ELMO_CERTIFICATE' }))
  })

  it('knows no facts of a bare public key', () => {
    expect(describeCertificate(String(publicKey.export({ type: 'spki', format: 'pem' })))).toBeUndefined()
  })
})
