import { jest } from '@jest/globals'
import { convertElmo, writeElmo } from '@emrex-gateway/elmo'
import { describeWith, makeThrowawayAuthority, makeThrowawaySigner, ReadPdf } from '@emrex-gateway/testing'
import { readSeal, transcriptMaker, type Seal } from '../src/index.js'
import { elmoSample } from './elmo-sample.js'

jest.setTimeout(60_000)
const made = new Date('2026-03-01T12:00:00Z')
const xml = writeElmo(convertElmo(elmoSample, '1.7.0').elmo, { release: '1.7.0' })
const sealed = (seal: Seal) => transcriptMaker({ seal })({ elmo: elmoSample, xml }, { language: 'en', made })

/** The PDF with one byte of this text changed. */
function changed(pdf: Uint8Array, text: string, by: string): ReadPdf {
  const bytes = Buffer.from(pdf)
  const at = bytes.indexOf(text)
  expect(at).toBeGreaterThanOrEqual(0)
  bytes.write(by, at, 'latin1')
  expect(Buffer.compare(bytes, pdf)).not.toBe(0)
  return new ReadPdf(bytes)
}

describeWith(describe, 'pdftotext', 'the seal of a transcript, read by pdfsig', () => {
  let rsa: Uint8Array
  beforeAll(async () => {
    rsa = await sealed(readSeal(await makeThrowawaySigner({ commonName: 'Havet University' })))
  })

  it('is valid, and covers the whole file', () => {
    const { seals } = new ReadPdf(rsa)
    expect(seals).toContain('Signer Certificate Common Name: Havet University')
    expect(seals).toContain('Signing Hash Algorithm: SHA-256')
    expect(seals).toContain('Signature Type: ETSI.CAdES.detached')
    expect(seals).toContain('Total document signed')
    expect(seals).toContain('Signature Validation: Signature is Valid.')
  })

  it('does not hold when a byte before or behind it was changed', () => {
    for (const [text, by] of [
      ['%PDF-1.7', '%PDF-1.6'],
      ['<pdfaid:part>3', '<pdfaid:part>2'],
    ] as const)
      expect(changed(rsa, text, by).seals).toContain('Signature Validation: Digest Mismatch.')
  })

  it('can be made with an elliptic curve, and with a certificate that another vouches for', async () => {
    const authority = await makeThrowawayAuthority()
    const { privateKey, certificate } = await authority.issue('CN=Registrar of Havet University')
    const chain = `${certificate}${authority.certificate}`
    const pdf = await sealed(readSeal({ privateKey, certificate: chain }))
    expect(new ReadPdf(pdf).seals).toContain('Signature Validation: Signature is Valid.')
    expect(changed(pdf, '%PDF-1.7', '%PDF-1.6').seals).toContain('Digest Mismatch')
  })

  it('leaves the document inside as it was, and is told on the page about checking', () => {
    const pdf = new ReadPdf(rsa)
    expect(pdf.attached.map(({ bytes }) => Buffer.compare(bytes, xml))).toEqual([0])
    expect(pdf.text).toContain('PDF sealed by')
    expect(pdf.text).toContain('CN=Havet University')
    expect(pdf.info).toMatch(/Tagged: +yes/)
  })

  it('is on no transcript that was made without one', async () => {
    const pdf = await transcriptMaker()({ elmo: elmoSample, xml }, { language: 'en', made })
    expect(new ReadPdf(pdf).seals).not.toContain('Signature #1')
  })
})

describe('readSeal', () => {
  it('refuses what cannot be read or does not belong together, and never repeats a key', async () => {
    const [one, other] = [await makeThrowawaySigner(), await makeThrowawaySigner()]
    const cases = [
      { pem: { ...one, privateKey: 'secret words' }, says: 'The private key of the seal cannot be read.' },
      { pem: { ...one, certificate: 'nothing' }, says: 'The certificate of the seal cannot be read.' },
      { pem: { ...one, privateKey: other.privateKey }, says: 'do not belong together' },
    ]
    for (const { pem, says } of cases) expect(() => readSeal(pem)).toThrow(says)
    expect(readSeal(one).certificates).toHaveLength(1)
  })
})
