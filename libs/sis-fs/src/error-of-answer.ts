import { SisError, type SisErrorKind } from '@emrex-gateway/core'

/** One error of a GraphQL answer. Its message and path may hold personal data: they are judged, never shown. */
interface GraphqlError {
  readonly message?: unknown
  readonly extensions?: { readonly code?: unknown; readonly classification?: unknown } | null
}

/** By code or classification, upper case without separators. Spec: graphql-java's classes and what servers usually write. */
const kindsOfCodes: readonly (readonly [RegExp, SisErrorKind])[] = [
  [/^(UNAUTHENTICATED|UNAUTHORIZED)$/, 'credential'],
  // The last two are how a block on an address might be said.
  [/^(FORBIDDEN|ACCESSDENIED|INGENTILGANG|ADRESSESPERRE|SPERRETADRESSE)$/, 'forbidden'],
  [/^(GRAPHQLVALIDATIONFAILED|GRAPHQLPARSEFAILED|VALIDATIONERROR|INVALIDSYNTAX)$/, 'unsupported'],
  [/^(RATELIMITED|TOOMANYREQUESTS|THROTTLED)$/, 'rate-limited'],
  [/^(TIMEOUT|EXECUTIONABORTED)$/, 'timeout'],
  [/^(INTERNALSERVERERROR|INTERNALERROR|INTERNAL|SERVICEUNAVAILABLE|DATAFETCHINGEXCEPTION)$/, 'unavailable'],
]

/** Where there is no code that we know. Not confirmed: the words of FS. */
const kindsOfMessages: readonly (readonly [RegExp, SisErrorKind])[] = [
  [/feature.?flag|experimental/i, 'forbidden'],
  [/sperr|ingen tilgang|ikke tilgang|access denied|not authori[sz]ed|forbidden/i, 'forbidden'],
  [/cannot query field|unknown argument|unknown type|validation error/i, 'unsupported'],
]

const words: Readonly<Partial<Record<SisErrorKind, string>>> = {
  credential: 'FS refused our user',
  forbidden: 'FS denies this to our user',
  unsupported: 'FS does not know what we asked for: see featureFlags, languageKeys and institutionArgument',
  'rate-limited': 'FS asks us to wait',
  timeout: 'FS took too long',
  unavailable: 'FS could not read all of it',
  'bad-data': 'FS answered with errors',
}

/**
 * What is wrong with an answer, or undefined where nothing is. Errors are never success, even with data beside them: what
 * is there might be any part of the whole, so it is left to be asked for again.
 */
export function errorOfAnswer(answer: unknown, connection: string, status: number): SisError | undefined {
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer))
    return new SisError('bad-data', 'the answer of FS is none of GraphQL', { connection, status })
  const { data, errors } = answer as { data?: unknown; errors?: unknown }
  const hasData = typeof data === 'object' && data !== null
  if (errors === undefined || errors === null || (Array.isArray(errors) && errors.length === 0))
    return hasData ? undefined : new SisError('bad-data', 'the answer of FS holds no data', { connection, status })
  const judged = (Array.isArray(errors) ? (errors as (GraphqlError | null)[]) : []).map((error) => judge(error ?? {}))
  // What somebody has to see to comes before what passes by itself.
  const { kind, code } = judged.find((one) => one.kind !== undefined && one.kind !== 'unavailable') ??
    judged.find((one) => one.kind !== undefined) ?? { kind: undefined, code: judged[0]?.code }
  // Some of it is there, so the rest may be there the next time.
  const told = kind ?? (hasData && Object.values(data).some((value) => value !== null) ? 'unavailable' : 'bad-data')
  const info = { connection, status, ...(code === undefined ? {} : { upstreamCode: code }) }
  return new SisError(told, words[told]!, info)
}

function judge({ message, extensions }: GraphqlError): { kind?: SisErrorKind; code?: string } {
  const codes = [extensions?.code, extensions?.classification].filter((code) => typeof code === 'string')
  const code = codes.find((one) => /^[A-Za-z][A-Za-z_]{1,60}$/.test(one))
  const known = code === undefined ? {} : { code }
  for (const one of codes) {
    const kind = kindsOfCodes.find(([pattern]) => pattern.test(one.replace(/[^A-Za-z]/g, '').toUpperCase()))?.[1]
    // A validation error says in its words whether it is about a flag.
    if (kind !== undefined && kind !== 'unsupported') return { kind, ...known }
  }
  const text = typeof message === 'string' ? message : ''
  const kind = kindsOfMessages.find(([pattern]) => pattern.test(text))?.[1]
  if (kind !== undefined) return { kind, ...known }
  return codes.some((one) => /valid|parse|syntax/i.test(one)) ? { kind: 'unsupported', ...known } : known
}
