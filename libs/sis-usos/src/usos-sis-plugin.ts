import { readFileSync } from 'node:fs'
import { caseTarget, type PluginHost, type SisConnection, type SisPlugin } from '@emrex-gateway/core'
import { UsosApi } from './api/usos-api.js'
import { checkUsos } from './check-usos.js'
import { filesOf } from './files-of.js'
import { tokenOf } from './login/grant-secret.js'
import { giveBack } from './login/give-back.js'
import { usosLogin } from './login/usos-login.js'
import { usosSettings, type UsosSettings } from './usos-settings.js'
import { findByGrant, usosSource } from './usos-source.js'

/**
 * One installation of USOS: a login by which the student gives leave, a source that reads with that leave alone, and a
 * target that leaves imports for the student's office.
 *
 * `create` asks nobody. @throws {Error} that names the setting, when the secret is missing or the address is not safe
 */
export const usosSisPlugin: SisPlugin<UsosSettings> = {
  apiVersion: 1,
  name: 'sis-usos',
  config: usosSettings,
  async create(settings, host, id): Promise<SisConnection> {
    demandSafeAddress(settings.baseUrl, host.environment)
    const api = new UsosApi(id, settings, readSecret(settings.consumerSecretFile, host), host)
    return {
      id,
      source: usosSource(api, host),
      // Nothing from elsewhere can be written into USOS: the student's office decides, in USOSweb.
      target: caseTarget({
        ...{ connection: id, host, remark: 'EMREX', files: filesOf },
        can: { findBy: [], delegated: true },
        match: (subject, context) => findByGrant(api, subject, context),
      }),
      login: usosLogin(api, host),
      async revoke(grant) {
        const token = tokenOf(grant, id)
        if (token !== undefined) await giveBack(api, token)
      },
      check: (context) => checkUsos(api, context),
      close: async () => api.closing.abort(),
    }
  },
}

/** OAuth 1.0a signs and hides nothing: only TLS keeps what is read from others. */
function demandSafeAddress(baseUrl: string, environment: PluginHost['environment']): void {
  const { protocol, hostname, search, hash } = new URL(baseUrl)
  if (search !== '' || hash !== '') throw new Error('settings.baseUrl must have neither a query nor a fragment')
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) && environment !== 'production'
  if (protocol !== 'https:' && !isLoopback) throw new Error('settings.baseUrl must begin with https')
}

function readSecret(path: string, host: PluginHost): string {
  let secret: string
  try {
    secret = readFileSync(host.resolvePath(path), 'utf8').trim()
  } catch (error) {
    throw new Error(
      `settings.consumerSecretFile: cannot read "${path}" (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      { cause: error },
    )
  }
  if (secret === '') throw new Error('settings.consumerSecretFile: the file is empty')
  return secret
}
