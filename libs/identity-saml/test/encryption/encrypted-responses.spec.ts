import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describeWith } from '@emrex-gateway/testing'
import { decryptAssertion, encryptionPolicyAt } from '../../src/encryption/index.js'
import type { SamlProfile } from '../../src/profile.js'
import { signEnveloped } from '../../src/signature/sign-enveloped.js'
import { parseStrict } from '../../src/xml/parse-strict.js'
import { judge, verdict } from '../judged.js'
import {
  assertionOf,
  entities,
  fields,
  makeKeys,
  now,
  profileOf,
  responseOf,
  signElement,
  type FactoryKeys,
} from '../saml-factory.js'
import { encryptWithPython, type EncryptionOrder } from './encrypt-with-python.js'
import { encryptWithXmlsec1 } from './encrypt-with-xmlsec1.js'

let keys: FactoryKeys
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = pair.publicKey.export({ format: 'pem', type: 'spki' }) as string
beforeAll(async () => {
  keys = await makeKeys()
}, 60_000)

const gcm = { publicKey, cipher: 'aes256-gcm', transport: 'rsa-oaep', digest: 'sha256', mask: 'sha256' } as const
const encrypt = async (plain: string, change: Partial<EncryptionOrder> = {}): Promise<string> =>
  (await encryptWithPython([{ ...gcm, plain, ...change }]))[0]!

const signed = (response: string): string =>
  signEnveloped(response, {
    key: keys.idp.privateKey,
    certificate: keys.idp.certificate,
    signature: 'rsa-sha256',
    digest: 'sha256',
    id: fields().responseId,
    place: 'after-issuer',
  })

/** What the validator says; decryption is the real one, and is counted. */
function judged(response: string, profile: SamlProfile, ours: readonly KeyObject[] = [pair.privateKey]) {
  const seen = { decrypted: 0 }
  const outcome = judge(keys, response, {
    profile,
    context: {
      decrypt: (encrypted, isSigned) => {
        seen.decrypted += 1
        return decryptAssertion(encrypted, ours, encryptionPolicyAt(profile.response, now, isSigned))
      },
    },
  })
  return [verdict(outcome), seen.decrypted]
}

const required = profileOf({ encrypted: 'required', signed: 'response' })
const reason = 'a test'
const withCbc = (signedPart: SamlProfile['response']['signed']): SamlProfile =>
  profileOf({ encrypted: 'required', signed: signedPart, relax: { aesCbc: { reason, until: '2026-11-26' } } })

describeWith(describe, 'python3-cryptography', 'answers whose assertion is encrypted', () => {
  const assertion = (): string => assertionOf(fields())

  it('takes one that was encrypted and then signed around, and one that was signed and then encrypted', async () => {
    const around = signed(responseOf(fields(), await encrypt(assertion())))
    expect(judged(around, required)).toEqual(['ok', 1])
    const inside = signElement(assertion(), { key: keys.idp.privateKey })
    const onlyInside = responseOf(fields(), await encrypt(inside))
    expect(judged(onlyInside, profileOf({ encrypted: 'required', signed: 'assertion' }))).toEqual(['ok', 1])
    expect(judged(signed(onlyInside), profileOf({ encrypted: 'required', signed: 'both' }))).toEqual(['ok', 1])
  }, 60_000)

  it('SC-12 decrypts nothing before the signature around it holds, where the profile wants one', async () => {
    const good = signed(responseOf(fields(), await encrypt(assertion(), { cipher: 'aes256-cbc' })))
    expect(judged(good, withCbc('response'))).toEqual(['ok', 1])
    const changed = good.replace(
      /(CipherValue>)([^<])/g,
      (_, start: string, first: string) => start + (first === 'A' ? 'B' : 'A'),
    )
    expect(judged(changed, withCbc('response'))).toEqual(['sig-invalid', 0])
    const bare = good.replace(/<ds:Signature.*?<\/ds:Signature>/s, '')
    expect(judged(bare, withCbc('response'))).toEqual(['unsigned', 0])
  }, 60_000)

  it('SC-12 decrypts no CBC without a signature around it, nor after the last day of its relaxation', async () => {
    const inside = signElement(assertion(), { key: keys.idp.privateKey })
    const cbc = responseOf(fields(), await encrypt(inside, { cipher: 'aes256-cbc' }))
    expect(judged(cbc, withCbc('either'))).toEqual(['enc-alg', 1])
    expect(judged(signed(cbc), withCbc('either'))).toEqual(['ok', 1])
    const over = profileOf({
      encrypted: 'required',
      signed: 'either',
      relax: { aesCbc: { reason, until: '2026-11-25' } },
    })
    expect(judged(signed(cbc), over)).toEqual(['enc-alg', 1])
  }, 60_000)

  it('SC-18 takes one assertion, with prefixes of its surroundings, and nothing else that was encrypted', async () => {
    const verdictFor = async (plain: string) => judged(signed(responseOf(fields(), await encrypt(plain))), required)[0]
    expect(await verdictFor(assertion().repeat(2))).not.toBe('ok')
    expect(await verdictFor(responseOf(fields(), assertion()))).not.toBe('ok')
    expect(await verdictFor(`<!DOCTYPE x>${assertion()}`)).toBe('doctype')
    const bare = assertion()
      .replace(' xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"', '')
      .replaceAll('saml:', 'saml2:')
    expect(await verdictFor(bare)).toBe('ok')
  }, 60_000)

  it('SC-19 refuses an assertion for another service that was encrypted for us and put into an answer of nobody', async () => {
    const foreign = fields({
      audience:
        '<saml:AudienceRestriction><saml:Audience>https://other.example/sp</saml:Audience></saml:AudienceRestriction>',
    })
    const taken = signElement(assertionOf(foreign), { key: keys.idp.privateKey })
    const packed = responseOf(fields(), await encrypt(taken))
    expect(judged(packed, required)).toEqual(['unsigned', 0])
    expect(judged(packed, profileOf({ encrypted: 'required', signed: 'assertion' }))).toEqual(['audience', 1])
    expect(entities.sp).not.toBe('https://other.example/sp')
  }, 60_000)
})

describeWith(describe, 'xmlsec1', 'answers that xmlsec1 encrypted', () => {
  it('opens AES-GCM of three lengths with the older RSA-OAEP', async () => {
    const plain = assertionOf(fields())
    for (const bits of [128, 192, 256] as const) {
      const { root } = parseStrict(await encryptWithXmlsec1(plain, publicKey, bits))
      const policy = encryptionPolicyAt({ relax: { oaepSha1: { reason } } }, now, true)
      expect(parseStrict(decryptAssertion(root, [pair.privateKey], policy)).root.localName).toBe('Assertion')
    }
  }, 60_000)
})
