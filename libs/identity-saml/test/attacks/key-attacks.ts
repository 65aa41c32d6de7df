import { constants, createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import type { SignatureAlgorithm } from '../../src/profile.js'
import { acceptKey } from '../../src/signature/accept-key.js'
import { digestUris, signatureUris, signValue } from '../../src/signature/algorithms.js'
import { verdictOf, type JudgeOptions } from '../judged.js'
import { entities, makeCurveKey, ns, profileOf, type BuildOptions } from '../saml-factory.js'
import { row, type AttackCases } from './attack-case.js'
import { sayings } from './sayings.js'

const pss = (hash: string, key: KeyObject, saltLength: number, data: string): string =>
  sign(hash, Buffer.from(data), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }).toString('base64')

/** 3.2 of the catalogue, keys and algorithms of signatures. */
export const keyAttacks: AttackCases = (keys) => {
  const { say } = sayings(keys)
  const trusting = (...idpKeys: KeyObject[]): JudgeOptions => ({ context: { idpKeys } })
  const methodNamed = (uri: string): BuildOptions => ({
    sign: { editInfo: (info) => info.replace(signatureUris['rsa-sha256'], uri) },
  })
  const digestNamed = (uri: string): BuildOptions => ({
    sign: { editInfo: (info) => info.replace(digestUris.sha256, uri) },
  })
  const ecdsa = (edit: (value: Buffer) => Buffer, algorithm: SignatureAlgorithm = 'ecdsa-sha256'): string =>
    say(
      {
        sign: {
          key: keys.ec256.privateKey,
          algorithm,
          value: (info) =>
            edit(
              sign(algorithm.slice(6), Buffer.from(info), {
                key: keys.ec256.privateKey,
                dsaEncoding: 'ieee-p1363',
              }),
            ).toString('base64'),
        },
      },
      trusting(keys.ec256.publicKey),
    )
  const half = (value: Buffer, which: 'r' | 's', filled: number): Buffer => {
    const changed = Buffer.from(value)
    changed.fill(filled, which === 'r' ? 0 : 32, which === 'r' ? 32 : 64)
    return changed
  }
  const certificateText = keys.idp.certificate
  const hmac = (hash: string) => (info: string) => createHmac(hash, certificateText).update(info).digest('base64')
  const prefixList = (prefixes: string): string =>
    `<ec:InclusiveNamespaces xmlns:ec="${ns.exclusive}" PrefixList="${prefixes}"></ec:InclusiveNamespaces>`
  const p224 = makeCurveKey('secp224r1')
  const koblitz = makeCurveKey('secp256k1')
  const p384 = makeCurveKey('secp384r1')
  const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })

  return [
    ...row('SC-01', [
      [
        'a stranger with his certificate in KeyInfo',
        'sig-invalid',
        () => say({ sign: { key: keys.stranger.privateKey, keyInfo: keys.stranger.certificate } }),
      ],
      ['no key is known', 'sig-invalid', () => say({}, trusting())],
    ]),
    ...row('SC-02', [
      [
        'a stranger with the right certificate in KeyInfo',
        'sig-invalid',
        () => say({ sign: { key: keys.stranger.privateKey, keyInfo: keys.idp.certificate } }),
      ],
    ]),
    ...row('SC-03', [
      ['the key of another identity provider', 'sig-invalid', () => say({ key: keys.other.privateKey })],
      [
        'a Response by another, the assertion by the right one',
        'sig-invalid',
        () => say({ signed: 'both', signResponse: { key: keys.other.privateKey } }),
      ],
      [
        'an assertion by another, the Response by the right one',
        'sig-invalid',
        () => say({ signed: 'both', signAssertion: { key: keys.other.privateKey } }),
      ],
    ]),
    ...row('SC-05', [
      [
        'HMAC-SHA256',
        'sig-alg',
        () => {
          const { sign: edited } = methodNamed('http://www.w3.org/2001/04/xmldsig-more#hmac-sha256')
          return say({ sign: { ...edited, value: hmac('sha256') } })
        },
      ],
      [
        'HMAC-SHA1',
        'sig-alg',
        () => {
          const { sign: edited } = methodNamed(`${ns.ds}hmac-sha1`)
          return say({ sign: { ...edited, value: hmac('sha1') } })
        },
      ],
      [
        'a length of HMAC',
        'sig-alg',
        () =>
          say({
            sign: {
              editInfo: (info) =>
                info.replace(
                  '</ds:SignatureMethod>',
                  '<ds:HMACOutputLength>8</ds:HMACOutputLength></ds:SignatureMethod>',
                ),
            },
          }),
      ],
    ]),
    ...row('SC-06', [
      ...[`${ns.ds}rsa-sha1`, `${ns.ds}dsa-sha1`, 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5', ''].map(
        (uri) => [`signature ${uri}`, 'sig-alg', () => say(methodNamed(uri))] as const,
      ),
      ...[`${ns.ds}sha1`, 'http://www.w3.org/2001/04/xmldsig-more#md5', ''].map(
        (uri) => [`digest ${uri}`, 'digest-alg', () => say(digestNamed(uri))] as const,
      ),
      [
        'something in the digest method',
        'digest-alg',
        () =>
          say({
            sign: {
              editInfo: (info) =>
                info.replace('</ds:DigestMethod>', '<ds:SignatureValue>x</ds:SignatureValue></ds:DigestMethod>'),
            },
          }),
      ],
      [
        'no digest method',
        'digest-alg',
        () => say({ sign: { editInfo: (info) => info.replace(/<ds:DigestMethod.*<\/ds:DigestMethod>/, '') } }),
      ],
      [
        'an algorithm that the profile does not name',
        'sig-alg',
        () => say({}, { profile: profileOf({ signatures: ['ecdsa-sha256', 'rsa-sha512'] }) }),
      ],
      [
        'a digest that the profile does not name',
        'digest-alg',
        () => say({}, { profile: profileOf({ digests: ['sha512'] }) }),
      ],
    ]),
    ...row('SC-07', [
      ['ECDSA by name, an RSA key', 'sig-invalid', () => say(methodNamed(signatureUris['ecdsa-sha256']))],
      ['RSA by name, an EC key', 'sig-invalid', () => say({}, trusting(keys.ec256.publicKey))],
      [
        'RSA by name, a value of the EC key',
        'sig-invalid',
        () =>
          say(
            {
              sign: {
                value: (info) => sign('sha256', Buffer.from(info), keys.ec256.privateKey).toString('base64'),
              },
            },
            trusting(keys.ec256.publicKey),
          ),
      ],
      [
        'a key of ours of the wrong kind',
        'TypeError',
        () => {
          try {
            signValue('ecdsa-sha256', keys.idp.privateKey, Buffer.from('x'))
            return 'ok'
          } catch (error) {
            return error instanceof TypeError ? 'TypeError' : 'thrown'
          }
        },
      ],
      ['PSS by name, a value of PKCS #1', 'sig-invalid', () => say(methodNamed(signatureUris['rsa-pss-sha256']))],
    ]),
    ...row('SC-08', [
      ['the good twin', 'ok', () => ecdsa((value) => value)],
      ['r = 0', 'sig-invalid', () => ecdsa((value) => half(value, 'r', 0))],
      ['s = 0', 'sig-invalid', () => ecdsa((value) => half(value, 's', 0))],
      ['both 0', 'sig-invalid', () => ecdsa((value) => Buffer.alloc(value.length))],
      ['beyond the order', 'sig-invalid', () => ecdsa((value) => half(value, 'r', 0xff))],
      ['truncated', 'sig-invalid', () => ecdsa((value) => value.subarray(0, 63))],
      ['lengthened', 'sig-invalid', () => ecdsa((value) => Buffer.concat([value, Buffer.alloc(2)]))],
      ['one byte', 'sig-invalid', () => ecdsa(() => Buffer.alloc(1))],
      [
        'DER',
        'sig-invalid',
        () =>
          say(
            {
              sign: {
                key: keys.ec256.privateKey,
                algorithm: 'ecdsa-sha256',
                value: (info) => sign('sha256', Buffer.from(info), keys.ec256.privateKey).toString('base64'),
              },
            },
            trusting(keys.ec256.publicKey),
          ),
      ],
      [
        'another curve',
        'sig-invalid',
        () => say({ sign: { key: p384.privateKey, algorithm: 'ecdsa-sha256' } }, trusting(keys.ec256.publicKey)),
      ],
    ]),
    ...row('SC-09', [
      ...([0, 20, 31, 33, 64, 222] as const).map(
        (salt) =>
          [
            `a salt of ${salt} bytes`,
            'sig-invalid',
            () =>
              say({
                sign: { algorithm: 'rsa-pss-sha256', value: (info) => pss('sha256', keys.idp.privateKey, salt, info) },
              }),
          ] as const,
      ),
      [
        'another digest and mask than named',
        'sig-invalid',
        () =>
          say({ sign: { algorithm: 'rsa-pss-sha256', value: (info) => pss('sha512', keys.idp.privateKey, 64, info) } }),
      ],
      [
        'parameters in the method',
        'sig-alg',
        () =>
          say({
            sign: {
              algorithm: 'rsa-pss-sha256',
              editInfo: (info) =>
                info.replace('</ds:SignatureMethod>', '<ds:RSAPSSParams></ds:RSAPSSParams></ds:SignatureMethod>'),
            },
          }),
      ],
    ]),
    ...row('SC-10', [
      ['RSA of 1024 bits', 'weak-key', () => say({ key: keys.weak.privateKey }, trusting(keys.weak.publicKey))],
      [
        'RSA of 2048 bits where 3072 are wanted',
        'weak-key',
        () => say({}, { profile: profileOf({}, { minRsaBits: 3072 }) }),
      ],
      ['P-224', 'weak-key', () => verdictOf(() => acceptKey(p224.publicKey, 2048))],
      ['a curve of 256 bits that nobody names', 'weak-key', () => verdictOf(() => acceptKey(koblitz.publicKey, 2048))],
      ['DSA', 'weak-key', () => verdictOf(() => acceptKey(dsa.publicKey, 1024))],
      ['P-384', 'ok', () => verdictOf(() => acceptKey(p384.publicKey, 2048))],
    ]),
    ...row('SC-20', [
      ['no KeyInfo', 'ok', () => say({})],
      ['a KeyInfo that is not read', 'ok', () => say({ sign: { keyInfo: keys.stranger.certificate } })],
      [
        'a value in lines',
        'ok',
        () =>
          say({
            sign: {
              edit: (signature) =>
                signature.replace(
                  /<ds:SignatureValue>(.*)<\/ds:SignatureValue>/,
                  (_all, value: string) =>
                    `<ds:SignatureValue>\n${value.replace(/.{64}/g, '$&&#13;\n  ')}\n</ds:SignatureValue>`,
                ),
            },
          }),
      ],
      ...(['response', 'assertion', 'both'] as const).map((signed) => {
        const editInfo = (info: string): string =>
          info
            .replace('></ds:CanonicalizationMethod>', `>${prefixList('ds saml samlp')}</ds:CanonicalizationMethod>`)
            .replace(
              `<ds:Transform Algorithm="${ns.exclusive}">`,
              `<ds:Transform Algorithm="${ns.exclusive}">${prefixList('ds')}`,
            )
        const samlp = ` xmlns:samlp="${ns.samlp}"`
        return [
          `a prefix list in both places, ${signed} signed`,
          'ok',
          () =>
            say(
              {
                signed,
                sign: { editInfo },
                signResponse: { inScope: samlp },
                signAssertion: { inScope: ` xmlns:saml="${ns.saml}"${samlp}` },
              },
              { profile: profileOf({ signed }) },
            ),
        ] as const
      }),
      [
        'the second key of the metadata',
        'ok',
        () => say({ key: keys.second.privateKey }, trusting(keys.idp.publicKey, keys.second.publicKey)),
      ],
      [
        'the key of a certificate that expired',
        'ok',
        () =>
          say(
            { sign: { key: keys.expired.privateKey, keyInfo: keys.expired.certificate } },
            trusting(keys.expired.publicKey),
          ),
      ],
      ...(
        ['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512'] as const
      ).map((algorithm) => [algorithm, 'ok', () => say({ sign: { algorithm, digest: 'sha384' } })] as const),
      ...(
        [
          ['ecdsa-sha256', keys.ec256],
          ['ecdsa-sha384', keys.ec384],
          ['ecdsa-sha512', keys.ec521],
          ['ecdsa-sha512', keys.ec256],
        ] as const
      ).map(
        ([algorithm, { privateKey, publicKey }]) =>
          [
            algorithm,
            'ok',
            () => say({ sign: { key: privateKey, algorithm, digest: 'sha512' } }, trusting(publicKey)),
          ] as const,
      ),
      ...(['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1'] as const).map((curve) => {
        const { privateKey, publicKey } = makeCurveKey(curve)
        return [
          curve,
          'ok',
          () => say({ sign: { key: privateKey, algorithm: 'ecdsa-sha256' } }, trusting(publicKey)),
        ] as const
      }),
      [
        'another provider that answers under its own name and key',
        'issuer',
        () =>
          say(
            { key: keys.other.privateKey, fields: { responseIssuer: entities.otherIdp, issuer: entities.otherIdp } },
            trusting(keys.other.publicKey),
          ),
      ],
    ]),
  ]
}
