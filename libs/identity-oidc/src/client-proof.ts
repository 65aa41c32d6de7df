import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { PluginHost } from '@emrex-gateway/core'
import { calculateJwkThumbprint, exportJWK, importPKCS8, type JWK } from 'jose'
import { ClientSecretBasic, ClientSecretPost, PrivateKeyJwt, TlsClientAuth, type ClientAuth } from 'openid-client'
import type { OidcSettings } from './oidc-settings.js'
import type { OidcProfile } from './profile.js'

/** How we prove ourselves to an issuer. */
export interface ClientProof {
  readonly auth: ClientAuth
  readonly fetch: typeof fetch
  /** Our public keys, for the registration. */
  readonly keys: readonly JWK[]
  /** The client certificate (PEM), where there is one. */
  readonly certificate?: string
}

/** Reads keys and secrets of the settings. @throws {Error} that names the setting, and never what is in a file */
export async function clientProof(
  settings: OidcSettings,
  profile: OidcProfile,
  host: PluginHost,
): Promise<ClientProof> {
  const needed = <Key extends keyof OidcSettings>(name: Key): NonNullable<OidcSettings[Key]> => {
    const value = settings[name]
    if (value === undefined || value === null)
      throw new Error(`settings.${name} is missing: ${profile.clientAuth} needs it`)
    return value as NonNullable<OidcSettings[Key]>
  }
  const read = (name: 'keyFile' | 'certificateFile' | 'authoritiesFile'): string => {
    const path = needed(name)
    try {
      return readFileSync(host.resolvePath(path), 'utf8')
    } catch (error) {
      throw new Error(`settings.${name}: cannot read "${path}" (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
    }
  }
  switch (profile.clientAuth) {
    case 'private_key_jwt': {
      const key = privateKeyOf(read('keyFile'))
      const alg = settings.keyAlgorithm ?? usualAlgorithm(key)
      const publicJwk = await exportJWK(createPublicKey(key))
      const kid = settings.keyId ?? (await calculateJwkThumbprint(publicJwk))
      const signing = await importPKCS8(key.export({ type: 'pkcs8', format: 'pem' }) as string, alg).catch(() => {
        throw new Error(`settings.keyAlgorithm: the key of keyFile cannot sign with ${alg}`)
      })
      return {
        auth: PrivateKeyJwt({ key: signing, kid }),
        fetch: host.fetch,
        keys: [{ ...publicJwk, kid, alg, use: 'sig' }],
      }
    }
    case 'tls_client_auth': {
      const key = privateKeyOf(read('keyFile'))
      const pem = read('certificateFile')
      const certificate = certificateOf(pem, 'certificateFile')
      if (!certificate.checkPrivateKey(key))
        throw new Error('settings.certificateFile: the certificate belongs to another key than keyFile')
      if (new Date(certificate.validTo) < host.now())
        throw new Error(`settings.certificateFile: the certificate ended on ${certificate.validTo}`)
      const authorities = settings.authoritiesFile === undefined ? undefined : certificatesOf(read('authoritiesFile'))
      return {
        auth: TlsClientAuth(),
        fetch: host.fetchAs({
          privateKey: key.export({ type: 'pkcs8', format: 'pem' }) as string,
          certificate: pem,
          ...(authorities && { authorities }),
        }),
        keys: [{ ...(await exportJWK(createPublicKey(key))), x5c: [certificate.raw.toString('base64')] }],
        certificate: pem,
      }
    }
    case 'client_secret_basic':
      return { auth: ClientSecretBasic(needed('clientSecret')), fetch: host.fetch, keys: [] }
    case 'client_secret_post':
      return { auth: ClientSecretPost(needed('clientSecret')), fetch: host.fetch, keys: [] }
  }
}

function privateKeyOf(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new Error(
      `settings.keyFile: ${pem.includes('ENCRYPTED') ? locked : 'the file holds no private key in PEM form'}`,
    )
  }
}

const locked = 'the key is locked with a passphrase; keep it without one (openssl pkey -in FILE -out OTHER)'

function usualAlgorithm(key: KeyObject): string {
  const curves: Record<string, string> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' }
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {}
  const alg = key.asymmetricKeyType === 'rsa' ? 'RS256' : curves[namedCurve ?? '']
  if (alg === undefined || (alg === 'RS256' && modulusLength < 2048))
    throw new Error('settings.keyFile: the key is neither RSA of 2048 bits or more, nor P-256, P-384 or P-521')
  return alg
}

function certificateOf(pem: string, setting: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new Error(`settings.${setting}: the file holds no certificate in PEM form`)
  }
}

function certificatesOf(pem: string): string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  if (found.length === 0) throw new Error('settings.authoritiesFile: the file holds no certificate in PEM form')
  for (const one of found) certificateOf(one, 'authoritiesFile')
  return [...found]
}
