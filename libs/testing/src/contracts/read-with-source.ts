import {
  wantedReport,
  type Enrolment,
  type Notice,
  type ResultSource,
  type SisConnection,
  type SisContext,
  type SourceReport,
  type Subject,
  type Want,
} from '@emrex-gateway/core'
import type { Elmo } from '@emrex-gateway/elmo'
import { students, type Student } from '../population/index.js'
import type { SisUnderTest } from './sis-under-test.js'

/** One enrolment and what was read for it, with the filter of the core. */
export interface Found {
  readonly enrolment: Enrolment
  readonly reports: readonly SourceReport[]
  readonly notices: readonly Notice[]
}

export const passedOnly: Want = { failed: false, inProgress: false }
export const everything: Want = { failed: true, inProgress: true }

export const context = (signal = new AbortController().signal): SisContext => ({
  signal,
  languages: ['en'],
  reference: 'contract',
})

/** Names, numbers and keys of everybody; none may turn up in an error, a notice or a log line. */
export const personalWords: readonly string[] = [
  ...students.flatMap(({ given, family, birthDate, number, key, nationalId, email }) => [
    ...[given, family, birthDate, number, key],
    ...(nationalId === undefined ? [] : [nationalId.value]),
    ...(email === undefined ? [] : [email]),
  ]),
].filter((word) => word.length > 3)

export async function read(sis: SisUnderTest, student: Student, want: Want): Promise<readonly Found[]> {
  const source = sourceOf(sis.connection)
  const subject = await sis.subjectOf(student)
  const found: Found[] = []
  for (const enrolment of await source.find(subject, context()))
    found.push(await readEnrolment(source, enrolment, want, subject))
  return found
}

export async function readEnrolment(
  source: ResultSource,
  enrolment: Enrolment,
  want: Want,
  subject: Subject,
  given: SisContext = context(),
): Promise<Found> {
  const reports: SourceReport[] = []
  const notices: Notice[] = []
  for await (const item of source.reports(enrolment, want, given, subject))
    if ('notice' in item) notices.push(item)
    else reports.push(wantedReport(item, want, notices))
  return { enrolment, reports, notices }
}

/** The document that the core would write of what was found at one place. */
export function documentOf({ enrolment: { learner }, reports }: Pick<Found, 'enrolment' | 'reports'>): Elmo {
  const plain = reports.map(({ lazyAttachments: _lazy, ...report }) => report)
  return { generatedDate: '2026-01-01T00:00:00Z', learner, reports: plain }
}

export function sourceOf(connection: SisConnection): ResultSource {
  if (connection.source === undefined) throw new Error('this connection has no source')
  return connection.source
}

/** What was thrown; a promise that is kept is a failure of the test. */
export async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
