import { readFileSync } from 'node:fs'
import {
  politeFetch,
  type PluginHost,
  type ResultSource,
  type SisConnection,
  type SisPlugin,
} from '@emrex-gateway/core'
import { checkVirta } from './check-virta.js'
import { findEnrolments } from './find-enrolments.js'
import { institutionBook } from './institution-book.js'
import { readReports } from './read-reports.js'
import { VirtaClient } from './virta-client.js'
import { virtaSettings, type VirtaSettings } from './virta-settings.js'

/**
 * All Finnish universities through one connection: the national data warehouse VIRTA, read-only. It gives completed
 * studies alone, and takes none: there is no `target`.
 *
 * Guaranteed: every message goes through the `fetch` of the host; document types and entities in answers are refused; errors
 * and log lines carry nothing of a question or an answer but the code of a fault.
 *
 * Spec: README.md of this package, "What is known, and what is assumed".
 */
export const virtaSisPlugin: SisPlugin<VirtaSettings> = {
  apiVersion: 1,
  name: 'sis-virta',
  config: virtaSettings,
  async create(settings, host, id): Promise<SisConnection> {
    if (host.environment === 'production' && !settings.url.startsWith('https:'))
      throw new Error('url: the key of the interface goes along in each request, so production takes https only')
    const { system, user, keyFile } = settings.caller
    const caller = { jarjestelma: system, tunnus: user, avain: readKey(keyFile, host) }
    const virta = new VirtaClient({ fetch: politeFetch(host.fetch, settings), connection: id }, settings.url, caller)
    const book = institutionBook(settings.institutions)
    const source: ResultSource = {
      can: { findBy: ['nationalId', 'learnerId'], nationalIdsOf: ['FI'], failed: false, inProgress: false },
      institutions: async () => book.all,
      find: (subject, context) => findEnrolments(virta, book, settings.learnerIdSchemes, subject, context),
      reports: (enrolment, _want, context) => readReports(virta, book, enrolment, context, () => host.now()),
    }
    return { id, source, check: (context) => checkVirta(virta, settings.url, context), close: async () => {} }
  },
}

function readKey(keyFile: string, host: PluginHost): string {
  let key: string
  try {
    key = readFileSync(host.resolvePath(keyFile), 'utf8').trim()
  } catch {
    throw new Error(`caller.keyFile: ${keyFile} cannot be read`)
  }
  if (key === '' || key.length > 100) throw new Error(`caller.keyFile: ${keyFile} holds no key of 1 to 100 signs`)
  return key
}
