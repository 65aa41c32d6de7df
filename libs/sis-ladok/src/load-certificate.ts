import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { ClientCertificate, PluginHost } from '@emrex-gateway/core'
import type { LadokSettings } from './ladok-settings.js'

export interface LoadedCertificate {
  readonly client: ClientCertificate
  readonly endsAt: Date
}

type Files = Pick<PluginHost, 'resolvePath'>

/**
 * The client certificate of the settings, and when it ends. One that has ended is no error here: the gateway starts, and
 * whoever asks is told.
 *
 * @throws {Error} a plain message that names the setting
 */
export async function loadCertificate(settings: LadokSettings, host: Files): Promise<LoadedCertificate> {
  const passphrase =
    settings.passphraseFile === undefined
      ? undefined
      : (await read(settings.passphraseFile, 'passphraseFile', host)).toString('utf8').replace(/\r?\n$/, '')
  const authorities =
    settings.authoritiesFile === undefined
      ? undefined
      : certificatesOf(await read(settings.authoritiesFile, 'authoritiesFile', host), 'authoritiesFile')
  const loaded =
    'pfxFile' in settings
      ? fromContainer(await read(settings.pfxFile, 'pfxFile', host), passphrase)
      : fromPair(
          (await read(settings.keyFile, 'keyFile', host)).toString('utf8'),
          await read(settings.certificateFile, 'certificateFile', host),
          passphrase,
        )
  return { ...loaded, client: { ...loaded.client, ...(authorities === undefined ? {} : { authorities }) } }
}

async function read(path: string, setting: string, host: Files): Promise<Buffer> {
  try {
    return await readFile(host.resolvePath(path))
  } catch {
    throw new Error(`settings.${setting}: ${path} cannot be read`)
  }
}

function fromContainer(pfx: Buffer, passphrase: string | undefined): LoadedCertificate {
  const client = { pfx, ...(passphrase === undefined ? {} : { passphrase }) }
  let certificate: X509Certificate | undefined
  try {
    // Node reads such containers for TLS alone, so the certificate is taken from a TLS socket that nothing is sent over.
    const socket = new TLSSocket(new Duplex({ read: () => undefined }), {
      secureContext: createSecureContext(client),
      isServer: true,
    })
    certificate = socket.getX509Certificate()
    socket.destroy()
  } catch (error) {
    const { message } = error as Error
    if (/mac verify/i.test(message)) throw new Error('settings.pfxFile: the passphrase does not open the container')
    if (/unsupported/i.test(message))
      throw new Error(
        'settings.pfxFile: the container is encrypted in an old way; write it anew with "openssl pkcs12 -legacy" and "openssl pkcs12 -export"',
      )
    throw new Error('settings.pfxFile: the file is no PKCS #12 container')
  }
  if (certificate === undefined) throw new Error('settings.pfxFile: the container holds no certificate with its key')
  return { client, endsAt: new Date(certificate.validTo) }
}

function fromPair(privateKey: string, pem: Buffer, passphrase: string | undefined): LoadedCertificate {
  const [certificate] = certificatesOf(pem, 'certificateFile')
  let key
  try {
    key = createPrivateKey({ key: privateKey, ...(passphrase === undefined ? {} : { passphrase }) })
  } catch {
    throw new Error('settings.keyFile: the file holds no private key in PEM that this passphrase opens')
  }
  const parsed = new X509Certificate(certificate!)
  if (!parsed.checkPrivateKey(key))
    throw new Error('settings.certificateFile: the certificate belongs to another key than keyFile')
  const client = {
    privateKey,
    certificate: pem.toString('utf8'),
    ...(passphrase === undefined ? {} : { passphrase }),
  }
  return { client, endsAt: new Date(parsed.validTo) }
}

function certificatesOf(pem: Buffer, setting: string): string[] {
  const found = pem.toString('utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  try {
    for (const one of found) new X509Certificate(one)
  } catch {
    found.length = 0
  }
  if (found.length === 0) throw new Error(`settings.${setting}: the file holds no certificate in PEM`)
  return [...found]
}
