import { webcrypto } from 'node:crypto'
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import type { ThrowawaySigner } from './throwaway-signer.js'

x509.cryptoProvider.set(webcrypto as Crypto)

/** An authority that is made now and meant to be thrown away, and what it certifies. */
export interface ThrowawayAuthority {
  /** PEM. */
  readonly certificate: string
  /** A key with a certificate of this authority. `name` is the subject, such as `CN=gateway@first.example, OU=Test`. */
  issue(name: string, options?: IssueOptions): Promise<ThrowawaySigner>
}

export interface IssueOptions {
  readonly notAfter?: Date
  readonly notBefore?: Date
  /** IP addresses of the TLS server that shall show the certificate. */
  readonly addresses?: readonly string[]
  /** Its host names. */
  readonly names?: readonly string[]
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 86_400_000

export async function makeThrowawayAuthority(): Promise<ThrowawayAuthority> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const name = 'CN=Throw-away test authority, O=TEST ONLY'
  const days = (count: number) => new Date(Date.now() + count * dayMs)
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    notBefore: days(-1),
    notAfter: days(365),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  })
  return {
    certificate: `${root.toString('pem')}\n`,
    issue: async (subject, { notAfter = days(365), notBefore = days(-1), addresses = [], names = [] } = {}) => {
      const own = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
      const certificate = await x509.X509CertificateGenerator.create({
        subject,
        issuer: name,
        notBefore,
        notAfter,
        signingAlgorithm: algorithm,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions:
          addresses.length + names.length > 0
            ? [
                new x509.SubjectAlternativeNameExtension([
                  ...addresses.map((value) => ({ type: 'ip' as const, value })),
                  ...names.map((value) => ({ type: 'dns' as const, value })),
                ]),
              ]
            : [],
      })
      const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.privateKey)).toString('base64')
      const privateKey = `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
      return { privateKey, certificate: `${certificate.toString('pem')}\n` }
    },
  }
}
