import { webcrypto } from 'node:crypto'
// The certificate library resolves its parts through metadata and asks for this first.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

import { keptKeys } from './kept-keys.js'

x509.cryptoProvider.set(webcrypto as Crypto)

/** A key with a self-signed certificate, both PEM, made now and meant to be thrown away. */
export interface ThrowawaySigner {
  readonly privateKey: string
  readonly certificate: string
}

export interface ThrowawayOptions {
  readonly commonName?: string
  readonly key?:
    | { readonly type: 'rsa'; readonly bits: number }
    | { readonly type: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  readonly notBefore?: Date
  readonly notAfter?: Date
  /** IP addresses of the TLS server that shall show the certificate. */
  readonly addresses?: readonly string[]
}

const dayMs = 86_400_000

/** Makes a signing key and its certificate; RSA 2048, valid from yesterday for a year, unless told otherwise. */
export async function makeThrowawaySigner(options: ThrowawayOptions = {}): Promise<ThrowawaySigner> {
  const key = options.key ?? { type: 'rsa', bits: 2048 }
  const algorithm =
    key.type === 'rsa'
      ? {
          name: 'RSASSA-PKCS1-v1_5',
          hash: 'SHA-256',
          publicExponent: new Uint8Array([1, 0, 1]),
          modulusLength: key.bits,
        }
      : { name: 'ECDSA', namedCurve: key.curve, hash: 'SHA-256' }
  const make = async () => (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const keys = key.type === 'rsa' ? await keptKeys(key.bits, algorithm, make) : await make()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${options.commonName ?? 'Throw-away test signer'}, O=TEST ONLY`,
    notBefore: options.notBefore ?? new Date(Date.now() - dayMs),
    notAfter: options.notAfter ?? new Date(Date.now() + 365 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: options.addresses
      ? [new x509.SubjectAlternativeNameExtension(options.addresses.map((value) => ({ type: 'ip' as const, value })))]
      : [],
  })
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const privateKey = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
  return { privateKey, certificate: `${certificate.toString('pem')}\n` }
}
