import { SisError, type Notice, type SystemAnswer } from '@emrex-gateway/core'
import { fromJson, readElmo, type Report } from '@emrex-gateway/elmo'
import { z } from 'zod'
import { parsedJson } from './ask-call.js'

export interface AnsweredReports {
  readonly reports: readonly Report[]
  readonly notices: readonly Notice[]
}

const notice = z.object({ notice: z.string().min(1), detail: z.string().optional() })
const line = z.union([
  z.strictObject({ report: z.unknown() }),
  z.strictObject({ notice: z.string().min(1), detail: z.string().optional() }),
  z.strictObject({ end: z.literal(true) }),
])

/**
 * Reports out of an answer of the reports call, in whichever of the three forms it is; values are as they were written.
 * @throws {SisError} bad-data: another form, broken off, or no ELMO
 */
export function readAnswer({ headers, body, status }: SystemAnswer, connection: string): AnsweredReports {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  try {
    if (type === 'application/json') return readJson(parsedJson(body, connection, status))
    if (type === 'application/x-ndjson') return readLines(body, connection, status)
    if (type === 'application/xml' || type === 'text/xml') return readXml(body, connection, status)
  } catch (error) {
    if (error instanceof SisError) throw error
    // The messages of the readers quote no value, but the cause may hold the document.
    throw new SisError('bad-data', 'the results are no ELMO document', { connection, status })
  }
  const what = type === 'text/html' ? 'the system answered with a web page' : 'the results have an unknown media type'
  throw new SisError('bad-data', what, { connection, status })
}

/** @throws {Error} */
function readXml(body: string, connection: string, status: number): AnsweredReports {
  const encoding = /^\s*<\?xml[^>]*\bencoding=["']([^"']+)["']/.exec(body)?.[1] ?? 'utf-8'
  // The bytes were read as UTF-8; letters of another encoding would be lost without a word.
  if (!/^(utf-?8|us-ascii)$/i.test(encoding))
    throw new SisError('bad-data', 'the results are not in UTF-8', { connection, status })
  return { reports: readElmo(Buffer.from(body)).elmo.reports, notices: [] }
}

/** The JSON form of ELMO, with `notices` beside it. @throws {Error} */
function readJson(json: unknown): AnsweredReports {
  const { notices = [], ...document } = Object(json) as { notices?: unknown }
  return { reports: fromJson(document).reports, notices: z.array(notice).parse(notices).map(noticeOf) }
}

/** One thing on each line, and `{"end":true}` on the last: whatever breaks off is noticed. @throws {Error} */
function readLines(body: string, connection: string, status: number): AnsweredReports {
  const lines = body.split('\n').filter((text) => text.trim() !== '')
  const items = lines.map((text) => line.parse(parsedJson(text, connection, status)))
  const last = items.pop()
  if (last === undefined || !('end' in last))
    throw new SisError('bad-data', 'the answer of the system broke off', { connection, status })
  const reports = items.flatMap((item) => ('report' in item ? [item.report] : []))
  const document = {
    elmo: null,
    namespace: '',
    generatedDate: '',
    learner: { givenNames: '', familyName: '' },
    reports,
  }
  return {
    reports: fromJson(document).reports,
    notices: items.flatMap((item) => ('notice' in item ? [noticeOf(item)] : [])),
  }
}

const noticeOf = ({ notice: code, detail }: z.output<typeof notice>): Notice => ({
  notice: code,
  ...(detail === undefined ? {} : { detail }),
})
