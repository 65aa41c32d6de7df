import {
  SisError,
  wantedReport,
  type Enrolment,
  type LazyAttachment,
  type Notice,
  type SisContext,
  type SourceReport,
  type Want,
} from '@emrex-gateway/core'
import { validateElmo, type Attachment, type Report } from '@emrex-gateway/elmo'
import { askCall } from './ask-call.js'
import type { RestClient } from './open-client.js'
import { readAnswer } from './read-answer.js'
import { repairReport } from './repair-report.js'
import type { RestSettings } from './rest-settings.js'

const accept = 'application/x-ndjson, application/json;q=0.9, application/xml;q=0.8'

/** Reports of one enrolment, repaired and valid, then a notice for each repair and each loss. @throws {SisError} */
export async function* readReports(
  client: RestClient,
  settings: RestSettings,
  enrolment: Enrolment,
  want: Want,
  context: SisContext,
  now: () => Date,
): AsyncGenerator<SourceReport | Notice> {
  const { failed, inProgress, ...days } = want
  const query = new URLSearchParams({ failed: String(failed), inProgress: String(inProgress), ...days })
  const path = `enrolments/${encodeURIComponent(enrolment.person)}/reports?${query.toString()}`
  const answer = await askCall(client, { path, headers: { accept } }, context)
  const { reports, notices: given } = readAnswer(answer, client.connection)
  const notices: Notice[] = [...given]
  for (const report of reports) {
    const rules = { ...settings, institution: enrolment.institution, now: now() }
    const repaired = withLazyAttachments(repairReport(report, rules, notices), notices)
    refuseInvalid(repaired, enrolment, client.connection)
    if ((repaired.learningOpportunitySpecification ?? []).length > 0) yield repaired
  }
  const seen = new Set<string>()
  for (const notice of notices) {
    const key = JSON.stringify([notice.notice, notice.detail])
    if (!seen.has(key)) yield notice
    seen.add(key)
  }
}

const emptyDataUri = /^data:([^;,]+);base64,$/

/** An attachment whose content is a `data:` URI without data is read by its own call, when it is sent. */
function withLazyAttachments(report: Report, notices: Notice[]): SourceReport {
  const lazyAttachments: LazyAttachment[] = []
  const attachment = report.attachment?.flatMap((one): Attachment[] => {
    const mediaType = emptyDataUri.exec(one.content?.[0]?.value ?? '')?.[1]
    if (mediaType === undefined) return [one]
    const id = one.identifier?.find(({ type }) => type === 'internal')?.value
    if (id === undefined) {
      notices.push({ notice: 'attachment-missing-or-too-large' })
      return []
    }
    lazyAttachments.push({ id, key: id, mediaType })
    return [{ ...one, content: [{ value: '' }] }]
  })
  const { attachment: _all, ...rest } = report
  return {
    ...rest,
    ...(attachment === undefined || attachment.length === 0 ? {} : { attachment }),
    ...(lazyAttachments.length === 0 ? {} : { lazyAttachments }),
  }
}

/** What the core could ever send must be valid; withdrawn results never are, and never leave. */
function refuseInvalid(report: SourceReport, { learner }: Enrolment, connection: string): void {
  const { lazyAttachments: _lazy, ...sent } = wantedReport(report, { failed: true, inProgress: true }, [])
  const [problem] = validateElmo({ generatedDate: report.issueDate, learner, reports: [sent] })
  if (problem === undefined) return
  throw new SisError('bad-data', `the results break ELMO at ${problem.path}: ${problem.message}`, { connection })
}
