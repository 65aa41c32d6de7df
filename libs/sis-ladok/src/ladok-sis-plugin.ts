import type { ResultSource, SisConnection, SisPlugin } from '@emrex-gateway/core'
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
      check: (context) => checkLadok(api, context),
      close: () => Promise.resolve(),
    }
  },
})

export const ladokSisPlugin: SisPlugin<LadokSettings> = makeLadokSisPlugin()

const resultSource = (api: LadokApi): ResultSource => ({
  can: { findBy: ['nationalId', 'esi', 'birthDate', 'name'], nationalIdsOf: ['SE'], failed: true, inProgress: true },
  institutions: async (context) => [(await readInstitution(api, context)).institution],
  find: (subject, context) => findStudents(api, subject, context),
  reports: (enrolment, _want, context) => readReports(api, enrolment, context),
})
