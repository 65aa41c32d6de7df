import {
  langString,
  languageTexts,
  SisError,
  type Enrolment,
  type Institution,
  type Notice,
  type PluginHost,
  type ResultSource,
  type SisContext,
  type SourceReport,
  type Subject,
} from '@emrex-gateway/core'
import type { Issuer } from '@emrex-gateway/elmo'
import { installationAnswer } from './api/answers.js'
import { readStudyRecord, readUser } from './api/read-record.js'
import type { UsosApi } from './api/usos-api.js'
import { tokenOf } from './login/grant-secret.js'
import { buildLearner } from './map/build-learner.js'
import { buildReport } from './map/build-report.js'

/** Reads with the leave that a student gave at the login of the same connection, and with nothing else. */
export function usosSource(api: UsosApi, host: Pick<PluginHost, 'now'>): ResultSource {
  return {
    can: { findBy: [], failed: true, inProgress: true, delegated: true },
    institutions: async (context) => [await institutionOf(api, context)],
    find: (subject, context) => findByGrant(api, subject, context),
    reports: (enrolment, _want, context, subject) => readReports(api, host, enrolment, context, subject),
  }
}

/** The student whose leave it is. Without one of this connection there is nobody. @throws {SisError} */
export async function findByGrant(api: UsosApi, subject: Subject, context: SisContext): Promise<readonly Enrolment[]> {
  const token = tokenOf(subject.grant, api.connection)
  if (token === undefined) return []
  const user = await readUser(api, token, context)
  const institution = await institutionOf(api, context)
  return [{ person: user.id, institution, learner: buildLearner(user), foundBy: 'learnerId' }]
}

async function* readReports(
  api: UsosApi,
  host: Pick<PluginHost, 'now'>,
  { institution }: Enrolment,
  context: SisContext,
  subject: Subject,
): AsyncGenerator<SourceReport | Notice> {
  const token = tokenOf(subject.grant, api.connection)
  if (token === undefined)
    throw new SisError('expired', 'there is no leave of the student', { connection: api.connection })
  const record = await readStudyRecord(api, token, context)
  const notices: Notice[] = []
  const issuer = await issuerOf(api, institution, context)
  const report = buildReport(record, issuer, host.now().toISOString(), notices)
  yield* notices
  if (report !== undefined) yield report
}

const installationOf = (api: UsosApi, context: SisContext) =>
  api.remembered.through('installation', api.settings.referenceHours * 3600, () => {
    const fields = 'institution_name|schac_id|version'
    return api.call('services/apisrv/installation', { fields }, 'anonymous', installationAnswer, context)
  })

async function institutionOf(api: UsosApi, context: SisContext): Promise<Institution> {
  const { schac, title } = api.settings.institution
  const { institution_name: name } = await installationOf(api, context)
  return { code: schac, title: title ?? name?.pl ?? name?.en ?? schac, country: 'PL', schac }
}

async function issuerOf(api: UsosApi, { title }: Institution, context: SisContext): Promise<Issuer> {
  const { schac, erasmus, url, title: own } = api.settings.institution
  const { institution_name: name } = await installationOf(api, context)
  const titles = own === undefined ? languageTexts({ pl: name?.pl, en: name?.en }) : [langString(own)]
  return {
    country: 'PL',
    identifier: [
      { type: 'schac', value: schac },
      ...(erasmus === undefined ? [] : [{ type: 'erasmus', value: erasmus }]),
    ],
    title: titles.length > 0 ? titles : [langString(title)],
    // Some installations still name themselves with http.
    url: url ?? api.settings.baseUrl.replace(/^http:/, 'https:'),
  }
}
