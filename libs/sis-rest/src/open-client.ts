import { createPrivateKey, X509Certificate } from 'node:crypto'
import { politeFetch, SisError, type PluginHost } from '@emrex-gateway/core'
import { ClientCredentials } from './client-credentials.js'
import { readSecretFile } from './read-secret-file.js'
import type { RestSettings } from './rest-settings.js'
import { signRequest } from './sign-request.js'

/** How to ask one system: with our credential, at its pace, under its address. */
export interface RestClient {
  /** Id of the connection, for errors. */
  readonly connection: string
  /** The address of a call; `path` is relative and percent-encoded. */
  address(path: string): URL
  readonly fetch: typeof fetch
  /** The same for attachments, whose answers may be longer. */
  readonly fetchAttachment: typeof fetch
  /** Our client certificate (PEM), where we show one. */
  readonly certificate?: string
}

/** Reads the files of the settings and asks nobody. @throws {Error} a file is missing or is not what it should be */
export async function openClient(settings: RestSettings, host: PluginHost, connection: string): Promise<RestClient> {
  const { auth } = settings
  const read = (setting: string, path: string) => readSecretFile(setting, host.resolvePath(path))
  const authorities =
    settings.authoritiesFile === undefined
      ? {}
      : { authorities: [await read('authoritiesFile', settings.authoritiesFile)] }
  const shown: Shown = auth.kind === 'certificate' ? await readCertificate(auth, read) : {}
  const open = (maxBytes: number) => host.fetchAs({ ...shown, ...authorities }, { maxBytes })
  const [plain, plainAttachment] = [open(settings.reportMaxBytes), open(settings.attachmentMaxBytes)]
  const prove = await proofOf(settings, host, connection, shown, plain, read)
  const pace = { minIntervalMs: settings.minIntervalMs, maxParallel: settings.maxParallel }
  return {
    connection,
    address: (path) => new URL(path, settings.url),
    fetch: politeFetch(prove(plain), pace),
    fetchAttachment: politeFetch(prove(plainAttachment), pace),
    ...(shown.certificate === undefined ? {} : { certificate: shown.certificate }),
  }
}

type Read = (setting: string, path: string) => Promise<string>
type Prove = (fetch: typeof globalThis.fetch) => typeof globalThis.fetch

interface Shown {
  readonly privateKey?: string
  readonly certificate?: string
  readonly passphrase?: string
}

async function readCertificate(
  auth: Extract<RestSettings['auth'], { kind: 'certificate' }>,
  read: Read,
): Promise<Shown> {
  const privateKey = await read('auth.keyFile', auth.keyFile)
  const certificate = await read('auth.certificateFile', auth.certificateFile)
  const passphrase =
    auth.passphraseFile === undefined ? undefined : await read('auth.passphraseFile', auth.passphraseFile)
  let fits: boolean
  try {
    const key = createPrivateKey({ key: privateKey, ...(passphrase === undefined ? {} : { passphrase }) })
    fits = new X509Certificate(certificate).checkPrivateKey(key)
  } catch {
    throw new Error('auth: keyFile or certificateFile is no PEM, or the passphrase does not open the key')
  }
  if (!fits) throw new Error('auth: the key of keyFile does not belong to the certificate')
  return { privateKey, certificate, ...(passphrase === undefined ? {} : { passphrase }) }
}

const isOver = (certificate: string, now: Date): boolean =>
  Date.parse(new X509Certificate(certificate).validTo) <= now.getTime()

async function proofOf(
  { auth }: RestSettings,
  host: PluginHost,
  connection: string,
  shown: Shown,
  plain: typeof fetch,
  read: Read,
): Promise<Prove> {
  switch (auth.kind) {
    case 'certificate':
      return (fetch) => (input, init) => {
        // Many servers close the connection without a word then.
        if (isOver(shown.certificate!, host.now()))
          throw new SisError('credential', 'our certificate has expired', { connection })
        return fetch(input, init)
      }
    case 'token': {
      const authorization = `Bearer ${await read('auth.tokenFile', auth.tokenFile)}`
      return (fetch) => (input, init) => fetch(input, withHeaders(init, { authorization }))
    }
    case 'hmac': {
      const secret = Buffer.from(await read('auth.secretFile', auth.secretFile), 'base64')
      if (secret.length < 32) throw new Error('auth.secretFile: fewer than 32 bytes of base64')
      return (fetch) => (input, init) => {
        const { pathname, search } = new URL(input instanceof Request ? input.url : input)
        const { method = 'GET', body } = init ?? {}
        const request = {
          method,
          target: pathname + search,
          date: host.now().toISOString(),
          body: typeof body === 'string' ? body : '',
        }
        return fetch(input, withHeaders(init, signRequest(request, { keyId: auth.keyId, secret })))
      }
    }
    case 'client-credentials': {
      const clientSecret = await read('auth.clientSecretFile', auth.clientSecretFile)
      const tokens = new ClientCredentials({ ...auth, clientSecret }, { fetch: plain, connection }, () => host.now())
      return (fetch) => tokens.over(fetch)
    }
  }
}

const withHeaders = (init: RequestInit | undefined, headers: Readonly<Record<string, string>>): RequestInit => ({
  ...init,
  headers: { ...(init?.headers as Readonly<Record<string, string>>), ...headers },
})
