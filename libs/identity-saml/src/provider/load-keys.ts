import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { PluginHost } from '@emrex-gateway/core'
import type { SamlProfile } from '../profile.js'
import type { Signer } from '../signature/sign-enveloped.js'
import type { SamlSettings } from './saml-settings.js'

export interface OwnKey {
  readonly key: KeyObject
  /** PEM. */
  readonly certificate: string
  readonly kind: 'rsa' | 'ec'
}

export interface OwnKeys {
  readonly signer: Signer
  readonly signing: readonly OwnKey[]
  readonly encryption: readonly OwnKey[]
  /** Of the back channel: with our client certificate, where there is one. */
  readonly fetch: typeof fetch
}

/**
 * Reads every key that the settings name, and sees that each can do what it is for.
 * @throws {Error} that names the setting
 */
export async function loadKeys(settings: SamlSettings, profile: SamlProfile, host: PluginHost): Promise<OwnKeys> {
  const load = (pairs: SamlSettings['signing'], name: string) =>
    Promise.all(pairs.map((pair, index) => loadPair(pair, `${name}[${index}]`, host)))
  const signing = await load(settings.signing, 'signing')
  const encryption = await load(settings.encryption, 'encryption')
  const [first] = signing
  if (first === undefined) throw new Error('settings.signing: at least one key')
  const { signature, digest } = profile.request
  if (signature.startsWith('ecdsa') !== (first.kind === 'ec'))
    throw new Error(`settings.signing[0].keyFile: the login wants ${signature}, for which this is no key`)
  if (profile.response.encrypted === 'required' && encryption.length === 0)
    throw new Error('settings.encryption: the login encrypts its answers, and there is no key to decrypt them')
  const pemOf = ({ key }: OwnKey) => key.export({ format: 'pem', type: 'pkcs8' })
  if (encryption.some((one) => signing.some((other) => pemOf(one) === pemOf(other))))
    throw new Error('settings.encryption: a key that signs is not one to decrypt with')
  return {
    signer: { key: first.key, certificate: first.certificate, signature, digest },
    signing,
    encryption,
    fetch: await backChannel(settings, host),
  }
}

async function loadPair(
  pair: { readonly keyFile: string; readonly certificateFile: string },
  path: string,
  host: PluginHost,
): Promise<OwnKey> {
  const key = await readPem(pair.keyFile, `${path}.keyFile`, host, createPrivateKey)
  const at = `${path}.certificateFile`
  const certificate = await readPem(pair.certificateFile, at, host, (pem) => new X509Certificate(pem))
  if (!certificate.checkPrivateKey(key)) throw new Error(`settings.${at}: the certificate belongs to another key`)
  if (new Date(certificate.validTo) < host.now())
    throw new Error(`settings.${at}: the certificate ended on ${new Date(certificate.validTo).toISOString()}`)
  const { asymmetricKeyType: type } = key
  if (type !== 'rsa' && type !== 'ec') throw new Error(`settings.${path}.keyFile: neither an RSA nor an EC key`)
  return { key, certificate: certificate.toString(), kind: type }
}

/** What a file of the settings holds. @throws {Error} that names the setting */
export async function readPem<T>(
  path: string,
  setting: string,
  host: Pick<PluginHost, 'resolvePath'>,
  read: (pem: string) => T,
): Promise<T> {
  let pem: string
  try {
    pem = await readFile(host.resolvePath(path), 'utf8')
  } catch {
    throw new Error(`settings.${setting}: ${path} cannot be read`)
  }
  try {
    return read(pem)
  } catch {
    const why = pem.includes('ENCRYPTED')
      ? 'is locked with a passphrase; keep it without one (openssl pkey -in FILE -out OTHER)'
      : 'is not what it should be, in PEM'
    throw new Error(`settings.${setting}: ${path} ${why}`)
  }
}

async function backChannel({ client }: SamlSettings, host: PluginHost): Promise<typeof fetch> {
  if (client === undefined) return host.fetch
  const { key, certificate } = await loadPair(client, 'client', host)
  const authorities =
    client.authoritiesFile === undefined
      ? undefined
      : await readPem(client.authoritiesFile, 'client.authoritiesFile', host, certificatesOf)
  return host.fetchAs({
    privateKey: key.export({ format: 'pem', type: 'pkcs8' }) as string,
    certificate,
    ...(authorities === undefined ? {} : { authorities }),
  })
}

/** @throws {Error} when there is none */
function certificatesOf(pem: string): string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  if (found.length === 0) throw new Error('no certificate')
  return found.map((one) => new X509Certificate(one).toString())
}
