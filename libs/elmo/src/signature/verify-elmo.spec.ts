import { createPublicKey, X509Certificate } from 'node:crypto'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { document, signLikeOthers, uris, type Hash, type SigningChoice } from '../../test/signed-documents.js'
import { signElmo } from './sign-elmo.js'
import { verifyElmo, VerifiedElmo, type VerificationOutcome, type VerificationPolicy } from './verify-elmo.js'

const at = new Date()
const rsa = await makeThrowawaySigner()
const other = await makeThrowawaySigner()
const policy: VerificationPolicy = { certificates: [rsa.certificate], at }
const signed = Buffer.from(signElmo(Buffer.from(document), rsa))

const verdict = (outcome: VerificationOutcome): string => (outcome.verified ? 'verified' : outcome.code)
const verify = (xml: Uint8Array, changes: Partial<VerificationPolicy> = {}): VerificationOutcome =>
  verifyElmo(xml, { ...policy, ...changes })

describe('verifyElmo', () => {
  it.each([
    ['elements and texts', 'x<y/>', 2],
    ['attributes', '<y a="" b=""/>', 3],
    ['declarations', '<y xmlns="urn:y" xmlns:z="urn:z"/>', 3],
  ])('takes as many %s as there are, but not by the reference engine', (_name, part, partsOfIt) => {
    const made = (times: number): Uint8Array =>
      signElmo(
        Buffer.from(
          document.replace('</report>', `</report><extension><x xmlns="">${part.repeat(times)}</x></extension>`),
        ),
        rsa,
      )
    const tooMany = made(100_000 / partsOfIt)
    expect(verdict(verify(tooMany))).toBe('verified')
    const refused = verify(tooMany, { engine: 'reference' })
    expect(verdict(refused)).toBe('ELMO_TOO_MANY_NODES')
    expect(refused).toMatchObject({ message: expect.stringContaining('reference engine') })
    expect(refused.report.checks).toEqual([{ check: 'well-formed', passed: false }])
    expect(verdict(verify(made(1_000), { engine: 'reference' }))).toBe('verified')
  })

  it('gives the document, the bytes that were signed and what was checked', () => {
    const outcome = verify(signed)
    if (!outcome.verified) throw new Error(outcome.message)
    const { elmo, signedBytes, namespace, xml } = outcome.document
    expect(elmo.learner.familyName).toEqual('Tolvansson')
    expect(namespace).toBe('https://github.com/emrex-eu/elmo-schemas/tree/v1')
    expect(xml).toBe(signed)
    expect(Buffer.from(signedBytes).toString()).toMatch(/^<elmo xmlns="[^]*<\/elmo>$/)
    expect(Buffer.from(signedBytes).toString()).not.toContain('Signature')
    expect(outcome.report).toMatchObject({
      signatureAlgorithm: uris.signature('rsa', 'sha256'),
      digestAlgorithm: uris.digest.sha256,
      canonicalization: uris.inclusive,
      transforms: [uris.enveloped],
      signer: { keyType: 'rsa', keyBits: 2048 },
      embedded: { subject: 'O=TEST ONLY,CN=Throw-away test signer' },
      notices: ['certificate-self-signed'],
    })
    expect(outcome.report.checks.map(({ check, passed }) => `${check} ${passed}`)).toEqual([
      'well-formed true',
      'signature-structure true',
      'algorithms true',
      'keys true',
      'digest true',
      'signature-value true',
      'elmo true',
    ])
  })

  it('verifies 60,000 elements beside one another in a time that grows with their number', () => {
    // With a list of all of them in their order, this would take many minutes.
    const siblings = `<extension><x:x xmlns:x="urn:x">${'<x:y/>'.repeat(60_000)}</x:x></extension>`
    const wide = Buffer.from(document.replace(/<extension>[^]*<\/extension>/, siblings))
    expect(wide.length).toBeGreaterThan(60_000)
    const genuine = Buffer.from(signElmo(wide, rsa))
    expect(verdict(verify(genuine))).toBe('verified')
    expect(verdict(verify(Buffer.from(genuine.toString().replace('<x:y/></x:x>', '</x:x>'))))).toBe(
      'ELMO_SIGNATURE_INVALID',
    )
  }, 120_000)

  it('is the only way to a VerifiedElmo', () => {
    const outcome = verify(signed)
    const document = outcome.verified ? outcome.document : undefined
    expect(document).toBeInstanceOf(VerifiedElmo)
    const Constructor = VerifiedElmo as unknown as new (...args: unknown[]) => VerifiedElmo
    expect(() => new Constructor(Symbol('verifyElmo'), document)).toThrow(TypeError)
  })

  it.each<[string, SigningChoice]>([
    ['exclusive canonicalisation', { canonicalization: uris.exclusive }],
    ['an explicit inclusive transform', { transforms: [uris.enveloped, uris.inclusive] }],
    ['an explicit exclusive transform', { transforms: [uris.enveloped, uris.exclusive] }],
    ['a prefix', { prefix: 'ds' }],
    ['a prefix and exclusive canonicalisation', { prefix: 'dsig', canonicalization: uris.exclusive }],
  ])('takes a signature with %s', (_name, choice) => {
    expect(verdict(verify(signLikeOthers(document, rsa.privateKey, choice)))).toBe('verified')
  })

  it.each<Hash>(['sha256', 'sha384', 'sha512'])('takes RSA and ECDSA with %s', async (hash) => {
    expect(verdict(verify(signLikeOthers(document, rsa.privateKey, { hash })))).toBe('verified')
    for (const curve of ['P-256', 'P-384', 'P-521'] as const) {
      const ec = await makeThrowawaySigner({ key: { type: 'ec', curve } })
      const xml = signLikeOthers(document, ec.privateKey, { hash })
      expect(verdict(verify(xml, { certificates: [ec.certificate] }))).toBe('verified')
      expect(verdict(verify(xml))).toBe('ELMO_SIGNATURE_INVALID')
    }
  })

  it.each<[string, SigningChoice]>([
    ['signature and digest', { hash: 'sha1' }],
    ['the signature alone', { hash: 'sha1', digest: 'sha256' }],
    ['the digest alone', { hash: 'sha256', digest: 'sha1' }],
  ])('refuses SHA-1 in %s, except up to the day that the caller names', (_name, choice) => {
    const xml = signLikeOthers(document, rsa.privateKey, choice)
    const on = (iso: string, sha1Until?: string) => verify(xml, { at: new Date(iso), sha1Until })
    expect(verdict(on('2026-06-30T12:00:00Z'))).toBe('ELMO_SIGNATURE_WEAK')
    expect(on('2026-06-30T23:59:59Z', '2026-06-30')).toMatchObject({
      verified: true,
      report: { notices: expect.arrayContaining(['sha1-exception-used']) },
    })
    expect(verdict(on('2026-07-01T00:00:00Z', '2026-06-30'))).toBe('ELMO_SIGNATURE_WEAK')
    expect(verdict(on('2026-06-30T12:00:00Z', 'always'))).toBe('ELMO_SIGNATURE_WEAK')
  })

  it('has no exception for a short key', async () => {
    const short = await makeThrowawaySigner({ key: { type: 'rsa', bits: 1024 } })
    const xml = signLikeOthers(document, short.privateKey)
    const refused = { certificates: [short.certificate], sha1Until: '2099-12-31' }
    expect(verdict(verify(xml, refused))).toBe('ELMO_SIGNATURE_WEAK')
    // A longer key beside it does not hide the reason.
    expect(verdict(verify(xml, { certificates: [other.certificate, short.certificate] }))).toBe('ELMO_SIGNATURE_WEAK')
  })

  it('tries every given key, and names the one that verified', () => {
    const outcome = verify(signed, { certificates: ['damaged', other.certificate, rsa.certificate] })
    const fingerprint = new X509Certificate(rsa.certificate).fingerprint256
    expect(outcome.report.signer?.sha256Fingerprint).toBe(fingerprint)
    expect(verdict(outcome)).toBe('verified')
  })

  it('takes a bare public key and a certificate without armour', () => {
    const publicKey = String(createPublicKey(rsa.certificate).export({ type: 'spki', format: 'pem' }))
    expect(verify(signed, { certificates: [publicKey] })).toMatchObject({ verified: true, report: { notices: [] } })
    const bare = new X509Certificate(rsa.certificate).raw.toString('base64')
    expect(verdict(verify(signed, { certificates: [bare] }))).toBe('verified')
  })

  it('takes the key from the caller alone', () => {
    expect(verdict(verify(signed, { certificates: [] }))).toBe('ELMO_SIGNER_UNKNOWN')
    expect(verdict(verify(signed, { certificates: [other.certificate] }))).toBe('ELMO_SIGNER_UNKNOWN')
    expect(verdict(verify(signed, { certificates: ['damaged'] }))).toBe('ELMO_CERTIFICATE')
    const otherInside = signed
      .toString()
      .replace(/(<X509Certificate>)[^<]*/, `$1${new X509Certificate(other.certificate).raw.toString('base64')}`)
    expect(verify(Buffer.from(otherInside))).toMatchObject({
      verified: true,
      report: { notices: expect.arrayContaining(['embedded-certificate-differs']) },
    })
    expect(verdict(verify(Buffer.from(otherInside), { certificates: [other.certificate] }))).toBe(
      'ELMO_SIGNATURE_INVALID',
    )
  })

  it('verifies with a certificate that has expired or is not valid yet, and says so', async () => {
    const notBefore = new Date('2020-01-01T00:00:00Z')
    const notAfter = new Date('2021-01-01T00:00:00Z')
    const signer = await makeThrowawaySigner({ notBefore, notAfter })
    const xml = signElmo(Buffer.from(document), signer)
    const noticesAt = (iso: string) =>
      verify(xml, { certificates: [signer.certificate], at: new Date(iso) }).report.notices
    expect(noticesAt('2019-12-31T23:59:59Z')).toEqual(['certificate-not-yet-valid', 'certificate-self-signed'])
    expect(noticesAt('2020-06-01T00:00:00Z')).toEqual(['certificate-self-signed'])
    expect(noticesAt('2021-01-01T00:00:01Z')).toEqual(['certificate-expired', 'certificate-self-signed'])
  })

  it('takes CRLF and references to carriage returns inside the base64 of the signature', () => {
    const wrapped = signed
      .toString()
      .replace(
        /(<(?:SignatureValue|X509Certificate)>)([^<]*)/g,
        (_all, tag: string, value: string) => `${tag}\r\n${value.replace(/.{76}/g, '$&&#13;\n')}&#13;\r\n`,
      )
    expect(wrapped).toContain('&#13;')
    expect(verdict(verify(Buffer.from(wrapped)))).toBe('verified')
  })

  it('takes a document whose line ends became CRLF on the way', () => {
    expect(verdict(verify(Buffer.from(signed.toString().replaceAll('\n', '\r\n'))))).toBe('verified')
  })

  it('refuses a signed document that is no ELMO', () => {
    const xml = signElmo(Buffer.from('<transcript><a/></transcript>'), rsa)
    expect(verdict(verify(xml))).toBe('ELMO_NOT_ELMO')
  })

  it('never gives other content than what was signed, whichever byte is changed', () => {
    const original = verify(signed)
    const signedBytes = original.verified ? original.document.signedBytes : undefined
    expect(signedBytes).toBeDefined()
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 }), (offset, flip) => {
        const changed = Buffer.from(signed)
        changed[offset] = (changed[offset] as number) ^ flip
        const outcome = verify(changed)
        // White space in a tag, or KeyInfo, may change without changing what was signed.
        if (outcome.verified) expect(outcome.document.signedBytes).toEqual(signedBytes)
      }),
      { seed: 7, numRuns: 400 },
    )
  })

  it('refuses every document in which a byte of a text was changed', () => {
    const offsets = [
      ...signed
        .subarray(0, signed.indexOf('<Signature'))
        .toString('latin1')
        .matchAll(/>([^<]+)</g),
    ].flatMap(({ index, 1: text }) => Array.from(text as string, (_byte, i) => index + 1 + i))
    fc.assert(
      fc.property(fc.constantFrom(...offsets), fc.integer({ min: 1, max: 255 }), (offset, flip) => {
        const changed = Buffer.from(signed)
        changed[offset] = (changed[offset] as number) ^ flip
        expect(verify(changed).verified).toBe(false)
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('neither prints nor quotes what it read', () => {
    const spies = (['log', 'warn', 'error'] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation(() => undefined),
    )
    const changed = Buffer.from(signed.toString().replace('Tolvansson', 'Tolvanssen'))
    const outcome = verify(changed)
    expect(JSON.stringify(outcome)).not.toContain('Tolv')
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled()
      spy.mockRestore()
    }
  })
})
