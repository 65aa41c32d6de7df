import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { DOMParser, type Element } from '@xmldom/xmldom'
import { describeWith } from '@emrex-gateway/testing'
import { decryptAssertion, maxDecryptionAttempts, type EncryptionPolicy } from '../../src/encryption/index.js'
import type { SamlRefusal } from '../../src/saml-refusal.js'
import { encryptWithPython, type EncryptionOrder } from './encrypt-with-python.js'

const strict: EncryptionPolicy = { aesCbc: false, oaepSha1: false, keyLength: false }
const relaxed: EncryptionPolicy = { aesCbc: true, oaepSha1: true, keyLength: false }
const plain = '<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a">Zażółć</saml2:Assertion>'

interface Pair {
  readonly privateKey: KeyObject
  readonly publicKey: string
}
const rsa = (): Pair => pem(generateKeyPairSync('rsa', { modulusLength: 2048 }))
const ec = (namedCurve: string): Pair => pem(generateKeyPairSync('ec', { namedCurve }))
const pem = ({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): Pair => ({
  privateKey,
  publicKey: publicKey.export({ format: 'pem', type: 'spki' }) as string,
})
const parse = (xml: string): Element => new DOMParser().parseFromString(xml, 'text/xml').documentElement!

function codeOf(xml: string, keys: readonly KeyObject[], policy = strict): string {
  try {
    decryptAssertion(parse(xml), keys, policy)
    return 'ok'
  } catch (error) {
    return (error as SamlRefusal).detail
  }
}

/** The document with its first or last CipherValue changed: the key stands first, the content last. */
function withOctets(xml: string, which: 'key' | 'content', change: (octets: Buffer) => Uint8Array): string {
  const values = [...xml.matchAll(/<xenc:CipherValue>([^<]*)<\/xenc:CipherValue>/g)]
  const value = values[which === 'key' ? 0 : values.length - 1]!
  const changed = Buffer.from(change(Buffer.from(value[1]!, 'base64'))).toString('base64')
  return (
    xml.slice(0, value.index) +
    `<xenc:CipherValue>${changed}</xenc:CipherValue>` +
    xml.slice(value.index + value[0].length)
  )
}

describeWith(describe, 'python3-cryptography', 'decryptAssertion and documents made by Python', () => {
  const rsaKey = rsa()
  const keys = {
    'P-256': ec('P-256'),
    'P-384': ec('P-384'),
    'P-521': ec('P-521'),
    brainpoolP256r1: ec('brainpoolP256r1'),
  }
  const p256 = keys['P-256']
  const gcm = {
    plain,
    publicKey: rsaKey.publicKey,
    cipher: 'aes256-gcm',
    transport: 'rsa-oaep',
    digest: 'sha256',
    mask: 'sha256',
  } as const
  const ecdh = {
    plain,
    publicKey: p256.publicKey,
    cipher: 'aes256-gcm',
    transport: 'ecdh',
    wrap: 256,
    kdf: 'spec',
  } as const

  async function encrypt<Name extends string>(orders: Record<Name, EncryptionOrder>): Promise<Record<Name, string>> {
    const names = Object.keys(orders) as Name[]
    const documents = await encryptWithPython(names.map((name) => orders[name]))
    return Object.fromEntries(names.map((name, index) => [name, documents[index]!])) as Record<Name, string>
  }

  it('opens what the strict policy has: RSA-OAEP with any digest and any mask, ciphers of three lengths', async () => {
    const hashes = ['sha256', 'sha384', 'sha512'] as const
    const ciphers = ['aes128-gcm', 'aes192-gcm', 'aes256-gcm'] as const
    const orders: EncryptionOrder[] = hashes.flatMap((digest) =>
      hashes.map((mask, index) => ({ ...gcm, digest, mask, cipher: ciphers[index]! })),
    )
    orders.push({ ...gcm, label: 'zażółć' }, { ...gcm, beside: true })
    const opened = (await encryptWithPython(orders)).map((xml) =>
      decryptAssertion(parse(xml), [rsaKey.privateKey], strict),
    )
    expect(opened).toEqual(orders.map(() => plain))
  }, 60_000)

  it('opens the older RSA-OAEP, whose mask is SHA-1 whatever its digest, under its relaxation alone', async () => {
    const old = { ...gcm, transport: 'rsa-oaep-mgf1p', mask: 'sha1' } as const
    const documents = await encryptWithPython([
      ...(['sha1', 'sha256', 'sha512'] as const).map((digest) => ({ ...old, digest })),
      { plain, publicKey: rsaKey.publicKey, cipher: 'aes256-gcm', transport: 'rsa-oaep-mgf1p' },
      { plain, publicKey: rsaKey.publicKey, cipher: 'aes256-gcm', transport: 'rsa-oaep' },
      { ...gcm, digest: 'sha1' },
      { ...gcm, mask: 'sha1' },
    ])
    for (const xml of documents) {
      expect(decryptAssertion(parse(xml), [rsaKey.privateKey], relaxed)).toBe(plain)
      expect(codeOf(xml, [rsaKey.privateKey])).toBe('enc-alg')
    }
  }, 60_000)

  it('SC-16 opens ECDH-ES with both readings of ConcatKDF, every curve and every key wrap', async () => {
    const orders: EncryptionOrder[] = (['spec', 'as-is'] as const).flatMap((kdf) => [
      { ...ecdh, kdf },
      { ...ecdh, kdf, parties: ['http://www.w3.org/2001/04/xmlenc#kw-aes256', 'sender', 'receiver'] as const },
      { ...ecdh, kdf, wrap: 128, cipher: 'aes128-gcm', digest: 'sha512' },
      { ...ecdh, kdf, wrap: 192, cipher: 'aes192-gcm', beside: true },
      ...(['P-384', 'P-521', 'brainpoolP256r1'] as const).map((curve) => ({
        ...ecdh,
        kdf,
        curve,
        publicKey: keys[curve].publicKey,
      })),
    ])
    const ours = Object.values(keys).map(({ privateKey }) => privateKey)
    for (const xml of await encryptWithPython(orders)) expect(decryptAssertion(parse(xml), ours, strict)).toBe(plain)
  }, 60_000)

  it('SC-16 opens with an older key of ours, and stops after six attempts', async () => {
    const [older, forUs] = [ec('P-256'), ec('P-256')]
    const { document } = await encrypt({ document: { ...ecdh, publicKey: forUs.publicKey, kdf: 'as-is' } })
    const wrong = [older.privateKey, p256.privateKey]
    expect(maxDecryptionAttempts).toBe(6)
    expect(codeOf(document, [...wrong, forUs.privateKey])).toBe('ok')
    expect(codeOf(document, [...wrong, ec('P-256').privateKey, forUs.privateKey])).toBe('decrypt')
  }, 60_000)

  it('SC-11 refuses GCM with a short tag, a flipped bit, nothing in it, or an IV of another length', async () => {
    const made = await encrypt({
      good: gcm,
      tag4: { ...gcm, tagBytes: 4 },
      tag12: { ...gcm, tagBytes: 12 },
      iv16: { ...gcm, ivBytes: 16 },
      empty: { ...gcm, plain: '' },
    })
    const bad = [
      made.tag4,
      made.tag12,
      made.iv16,
      made.empty,
      withOctets(made.good, 'content', () => Buffer.alloc(0)),
      withOctets(made.good, 'content', (octets) => octets.subarray(0, 28)),
      ...[0, 12, 40, -1].map((at) =>
        withOctets(made.good, 'content', (octets) => {
          octets[at < 0 ? octets.length + at : at]! ^= 1
          return octets
        }),
      ),
    ]
    expect(codeOf(made.good, [rsaKey.privateKey])).toBe('ok')
    expect(bad.map((xml) => codeOf(xml, [rsaKey.privateKey]))).toEqual(bad.map(() => 'decrypt'))
  }, 60_000)

  it('SC-12 refuses CBC outside its relaxation, and answers 2,000 altered ciphertexts in one way', async () => {
    const { cbc } = await encrypt({ cbc: { ...gcm, cipher: 'aes256-cbc' } })
    expect(codeOf(cbc, [rsaKey.privateKey])).toBe('enc-alg')
    expect(decryptAssertion(parse(cbc), [rsaKey.privateKey], relaxed)).toBe(plain)
    const element = parse(cbc)
    const value = [...element.getElementsByTagName('xenc:CipherValue')].at(-1)!
    const octets = Buffer.from(value.textContent!, 'base64')
    // Keeps the key transport out of it, which would be two seconds of RSA and no more knowledge.
    const answers = new Set<string>()
    for (let index = 0; index < 2000; index++) {
      const altered = Buffer.from(octets)
      altered[altered.length - 32 + (index % 32)]! ^= 1 + (index % 255)
      value.textContent = altered.toString('base64')
      try {
        // A padding that happens to be good gives other text, whose end is not that of an assertion.
        answers.add(
          decryptAssertion(element, [rsaKey.privateKey], relaxed).endsWith('</saml2:Assertion>') ? 'taken' : 'text',
        )
      } catch (error) {
        answers.add(`${(error as Error).name}: ${(error as Error).message}`)
      }
    }
    answers.delete('text')
    expect(answers.size).toBe(1)
    expect([...answers][0]).toContain('decrypt')
  }, 120_000)

  it('SC-13 has no RSA 1.5, and answers altered key blocks in one way', async () => {
    const { good } = await encrypt({ good: gcm })
    const old = good.replace('http://www.w3.org/2009/xmlenc11#rsa-oaep', 'http://www.w3.org/2001/04/xmlenc#rsa-1_5')
    const probes = Array.from({ length: 40 }, (_, index) =>
      withOctets(good, 'key', (octets) => {
        octets[index * 6]! ^= 1 << (index % 8)
        return octets
      }),
    )
    const lengths = [0, 1, 255, 257].map((bytes) => withOctets(good, 'key', () => Buffer.alloc(bytes, 1)))
    expect(codeOf(old, [rsaKey.privateKey], relaxed)).toBe('enc-alg')
    expect(new Set([...probes, ...lengths].map((xml) => codeOf(xml, [rsaKey.privateKey])))).toEqual(
      new Set(['decrypt']),
    )
  }, 60_000)

  it('SC-14 refuses another label and digests or masks other than the message says', async () => {
    const made = await encrypt({
      label: { ...gcm, label: 'ours', shownLabel: 'theirs' },
      mask: gcm,
      digest: gcm,
    })
    const sha512 = 'http://www.w3.org/2001/04/xmlenc#sha512'
    expect(codeOf(made.label, [rsaKey.privateKey])).toBe('decrypt')
    expect(codeOf(made.mask.replace('mgf1sha256', 'mgf1sha512'), [rsaKey.privateKey])).toBe('decrypt')
    expect(codeOf(made.digest.replace('http://www.w3.org/2001/04/xmlenc#sha256', sha512), [rsaKey.privateKey])).toBe(
      'decrypt',
    )
    expect(codeOf(made.mask.replace('mgf1sha256', 'mgf1sha1'), [rsaKey.privateKey])).toBe('enc-alg')
    expect(codeOf(made.mask.replace('mgf1sha256', 'mgf1md5'), [rsaKey.privateKey], relaxed)).toBe('enc-alg')
  }, 60_000)

  it('SC-15 refuses a point off its curve, of another curve, at infinity, and our own key sent back', async () => {
    const ephemeral = p256.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
    const { good, echoed } = await encrypt({ good: ecdh, echoed: { ...ecdh, ephemeral } })
    const withPoint = (point: Uint8Array): string =>
      good.replace(/(<dsig11:PublicKey>)[^<]*/, `$1${Buffer.from(point).toString('base64')}`)
    const pointOf = (pair: Pair, bytes: number): Buffer =>
      Buffer.from(pair.publicKey.replace(/-[^\n]*-/g, ''), 'base64').subarray(-bytes)
    const own = pointOf(p256, 65)
    const off = Buffer.from(own)
    off[64]! ^= 1
    const bad = [
      withPoint(off),
      withPoint(pointOf(keys['P-384'], 97)),
      withPoint(pointOf(keys.brainpoolP256r1, 65)),
      withPoint(Buffer.from([0])),
      withPoint(Buffer.alloc(65)),
      withPoint(Buffer.concat([Buffer.from([4]), Buffer.alloc(64)])),
      withPoint(Buffer.alloc(0)),
      withPoint(own),
      echoed,
      good.replace('1.2.840.10045.3.1.7', '1.3.132.0.34'),
      good.replace('1.2.840.10045.3.1.7', '1.3.132.0.33'),
    ]
    expect(codeOf(good, [p256.privateKey])).toBe('ok')
    expect(bad.map((xml) => codeOf(xml, [p256.privateKey]))).toEqual(bad.map(() => 'decrypt'))
  }, 60_000)

  it('SC-17 refuses octets and keys that lie elsewhere, without a look there', async () => {
    const { good, beside } = await encrypt({ good: gcm, beside: { ...gcm, beside: true } })
    const elsewhere = '<xenc:CipherReference URI="http://127.0.0.1:9/octets"/>'
    const bad = [
      good.replace(
        /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?=<\/xenc:CipherData><\/xenc:EncryptedData>)/,
        elsewhere,
      ),
      good.replace(/<xenc:CipherValue>[^<]*<\/xenc:CipherValue>/, elsewhere),
      good.replace(/<xenc:CipherValue>/, elsewhere + '<xenc:CipherValue>'),
      beside.replace('URI="#_k1"', 'URI="http://127.0.0.1:9/key"'),
      beside.replace('URI="#_k1"', 'URI="#_d1"'),
      beside.replace('URI="#_k1"', 'URI=""'),
      good.replace(/<xenc:EncryptedKey .*<\/xenc:EncryptedKey>/s, ''),
      good.replace(/<xenc:EncryptedData /, '<xenc:EncryptedData/><xenc:EncryptedData '),
    ]
    expect(bad.map((xml) => codeOf(xml, [rsaKey.privateKey]))).toEqual(bad.map(() => 'enc-form'))
    expect(codeOf(beside, [rsaKey.privateKey])).toBe('ok')
  }, 60_000)

  it('takes the cipher by the length of the key under its relaxation alone', async () => {
    const { short } = await encrypt({ short: { ...ecdh, keyBytes: 16 } })
    expect(codeOf(short, [p256.privateKey])).toBe('decrypt')
    expect(codeOf(short, [p256.privateKey], { ...strict, keyLength: true })).toBe('ok')
  }, 60_000)

  it('gives the plain text as it is, prefixes that its surroundings declare included', async () => {
    const bare = '<saml2:Assertion ID="_a"><saml2:Issuer>x</saml2:Issuer></saml2:Assertion>'
    const { document } = await encrypt({ document: { ...gcm, plain: bare } })
    expect(decryptAssertion(parse(document), [rsaKey.privateKey], strict)).toBe(bare)
  }, 60_000)
})
