import {
  caseTarget,
  type ImportTarget,
  type LookupAbilities,
  type PluginHost,
  type ResultSource,
  type SisConnection,
  type SisPlugin,
} from '@emrex-gateway/core'
import { filesOf, meritsOf } from './annan-merit.js'
import { checkLadok } from './check-ladok.js'
import { findStudents } from './find-students.js'
import { LadokApi } from './ladok-api.js'
import type { LadokImportApi } from './ladok-import-api.js'
import { ladokSettings, type LadokSettings } from './ladok-settings.js'
import { loadCertificate } from './load-certificate.js'
import { readInstitution } from './read-institution.js'
import { readReports } from './read-reports.js'

/**
 * Ladok, for one university: its client certificate is one tenant.
 *
 * Guaranteed: attested results alone; nothing of a person in a log, an error or a memory; a Ladok that is down, and a
 * certificate that has ended, are errors of the call, never of the start.
 *
 * @param importApi writes "annan merit"; without it `structuredImport` is refused.
 */
export const makeLadokSisPlugin = (importApi?: LadokImportApi): SisPlugin<LadokSettings> => ({
  apiVersion: 1,
  name: 'sis-ladok',
  config: ladokSettings,
  async create(settings, host, id): Promise<SisConnection> {
    if (settings.structuredImport && importApi === undefined)
      throw new Error(
        'settings.structuredImport: not available, because Ladok publishes no path for it; imports go to staff as cases',
      )
    const api = new LadokApi(id, settings, await loadCertificate(settings, host), host)
    return {
      id,
      ...(settings.source ? { source: resultSource(api) } : {}),
      ...(settings.target
        ? { target: importTarget(api, host, settings.structuredImport ? importApi : undefined) }
        : {}),
      check: (context) => checkLadok(api, context),
      close: () => Promise.resolve(),
    }
  },
})

export const ladokSisPlugin: SisPlugin<LadokSettings> = makeLadokSisPlugin()

const lookup: LookupAbilities = { findBy: ['nationalId', 'esi', 'birthDate', 'name'], nationalIdsOf: ['SE'] }

const resultSource = (api: LadokApi): ResultSource => ({
  can: { ...lookup, failed: true, inProgress: true },
  institutions: async (context) => [(await readInstitution(api, context)).institution],
  find: (subject, context) => findStudents(api, subject, context),
  reports: (enrolment, _want, context) => readReports(api, enrolment, context),
})

/** A case for staff, with the results shaped like "annan merit", as long as nobody can write them into Ladok. */
function importTarget(api: LadokApi, host: PluginHost, importApi: LadokImportApi | undefined): ImportTarget {
  const match: ImportTarget['match'] = (subject, context) => findStudents(api, subject, context)
  if (importApi === undefined)
    return caseTarget({ connection: api.connection, host, can: lookup, remark: 'EMREX', files: filesOf, match })
  return {
    can: { ...lookup, mode: 'structured' },
    match,
    submit: (delivery, context) => importApi.submit(api, meritsOf(delivery.document.elmo), delivery, context),
  }
}
