import {
  askSystem,
  readForm,
  SisError,
  type AnswerForm,
  type SisContext,
  type SisErrorKind,
  type SystemAnswer,
  type SystemQuestion,
} from '@emrex-gateway/core'
import type { RestClient } from './open-client.js'

/** A call of `openapi.yaml`, by its path behind the address of the settings. */
export type Call = Omit<SystemQuestion, 'url' | 'judge'> & { readonly path: string }

const kinds: ReadonlySet<string> = new Set<SisErrorKind>([
  'credential',
  'forbidden',
  'expired',
  'unknown-person',
  'ambiguous',
  'rate-limited',
  'unavailable',
  'timeout',
  'bad-data',
  'refused',
  'unsupported',
])

/** Asks, and reads problems as the system tells them: `type` is the kind of error. @throws {SisError} */
export async function askCall(
  client: RestClient,
  { path, ...call }: Call,
  context: SisContext,
  fetch = client.fetch,
): Promise<SystemAnswer> {
  const headers = {
    'accept-language': context.languages.join(', '),
    'x-request-id': context.reference,
    ...call.headers,
  }
  const caller = { fetch, connection: client.connection }
  const answer = await askSystem(
    caller,
    { ...call, url: client.address(path), headers, judge: (_, body) => problemOf(body) },
    context,
  )
  // Bytes are read as UTF-8: names in other letters would lose them without a word.
  const charset = /;\s*charset="?([^";\s]+)/i.exec(answer.headers.get('content-type') ?? '')?.[1] ?? 'utf-8'
  if (!/^utf-?8$/i.test(charset) && answer.body.includes('\uFFFD'))
    throw new SisError('bad-data', 'the answer of the system is not in UTF-8', {
      connection: client.connection,
      status: answer.status,
    })
  return answer
}

/** The same for a call whose answer is JSON. @throws {SisError} bad-data where the answer is not what the schema says */
export async function askFor<Answer>(
  client: RestClient,
  call: Call,
  form: AnswerForm<Answer>,
  context: SisContext,
): Promise<Answer> {
  const { status, body } = await askCall(
    client,
    { ...call, headers: { accept: 'application/json', ...call.headers } },
    context,
  )
  const { connection } = client
  return readForm(form, parsedJson(body, connection, status), { connection, status })
}

/** @throws {SisError} bad-data; the parser's own message quotes what it read */
export function parsedJson(text: string, connection: string, status?: number): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    const what = /^\s*</.test(text) ? 'the system answered with a web page' : 'the answer of the system is no JSON'
    throw new SisError('bad-data', what, { connection, ...(status === undefined ? {} : { status }) })
  }
}

/** Spec: RFC 9457. A relative `type`, or the last step of an address. */
function problemOf(body: string): { kind: SisErrorKind; code?: string } | undefined {
  let problem: { type?: unknown; code?: unknown } | null
  try {
    problem = JSON.parse(body) as typeof problem
  } catch {
    return undefined
  }
  const kind = typeof problem?.type === 'string' ? problem.type.split('/').at(-1)! : ''
  if (!kinds.has(kind)) return undefined
  const code = problem?.code
  return { kind: kind as SisErrorKind, ...(typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? { code } : {}) }
}
