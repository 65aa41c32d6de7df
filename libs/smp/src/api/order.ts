import { createHash } from 'node:crypto'
import { defaults, EmrexError, type EmrexErrorCode } from '@emrex-gateway/core'
import type { ApiClient, ImportApi, Purpose } from './import-api.js'
import { resultFields, type ResultField } from './result-fields.js'

/** Who the applicant is, as the asking system knows. */
export interface Applicant {
  readonly givenNames?: string
  readonly familyName?: string
  /** YYYY-MM-DD. */
  readonly birthDate?: string
  readonly email?: string
}

/** What a client asks for; everything that may be left out is filled in. */
export interface Order {
  readonly purpose: string
  readonly fields: readonly ResultField[]
  /** BCP 47. */
  readonly language: string
  /** For the applicant to answer. */
  readonly days: number
  readonly retentionDays: number
  /** The client's own word for it. */
  readonly reference?: string
  readonly applicant: Applicant
  /** What the settings filled in: with other settings the same words of the client give something else. */
  readonly filledIn?: readonly ('fields' | 'days' | 'retentionDays')[]
}

/** What is wrong with a body, and where: a JSON pointer (RFC 6901). */
export interface OrderFlaw {
  readonly pointer: string
  readonly detail: string
}

/** A body that cannot be used, with every flaw. No flaw holds a value of the applicant. */
export class OrderError extends EmrexError {
  constructor(
    code: EmrexErrorCode,
    readonly errors: readonly OrderFlaw[],
  ) {
    super(code, `${errors.length} flaws in an order`)
  }
}

const known = ['purpose', 'fields', 'language', 'days', 'retentionDays', 'reference', 'applicant']
const knownOfApplicant = ['givenNames', 'familyName', 'birthDate', 'email']
const filledBySettings = ['fields', 'days', 'retentionDays'] as const
const nameMaxLength = 200
const nameDetail = `must be one line of 1 to ${nameMaxLength} characters`

/**
 * Reads an order. Keys that are not known are refused, every flaw is told at once.
 *
 * @throws {OrderError} REQUEST_MALFORMED; PURPOSE_FORBIDDEN where the client asks for more than the purpose allows.
 */
export function parseOrder(body: unknown, client: ApiClient, api: ImportApi): Order {
  const flaws: OrderFlaw[] = []
  const flaw = (pointer: string, detail: string): undefined => void flaws.push({ pointer, detail })
  if (!isObject(body)) throw new OrderError('REQUEST_MALFORMED', [{ pointer: '', detail: 'must be a JSON object' }])
  for (const key of Object.keys(body)) if (!known.includes(key)) flaw(`/${escaped(key)}`, 'is not known')
  const { purpose, fields, language, days, retentionDays, reference } = body
  if (typeof purpose !== 'string') flaw('/purpose', 'must be the id of a purpose')
  if (fields !== undefined && !isFieldList(fields)) flaw('/fields', 'must list fields, each once')
  if (language !== undefined && !(typeof language === 'string' && isLanguage(language)))
    flaw('/language', 'must be a language tag (BCP 47)')
  if (reference !== undefined && !(typeof reference === 'string' && isLine(reference, 100)))
    flaw('/reference', 'must be one line of 1 to 100 characters')
  if (days !== undefined && !isWhole(days, defaults.requestMaxDays))
    flaw('/days', `must be a whole number from 1 to ${defaults.requestMaxDays}`)
  if (retentionDays !== undefined && !isWhole(retentionDays, 3660))
    flaw('/retentionDays', 'must be a whole number from 1 to 3660')
  const applicant = readApplicant(body['applicant'], api.hasLogins, flaw)
  if (flaws.length > 0) throw new OrderError('REQUEST_MALFORMED', flaws)

  const allowed = allowedPurposes(client, api).find(({ id }) => id === purpose)
  if (allowed === undefined)
    throw new OrderError('PURPOSE_FORBIDDEN', [{ pointer: '/purpose', detail: 'is none of the purposes of this key' }])
  const wanted = (fields as readonly ResultField[] | undefined) ?? allowed.fields
  if (wanted.some((field) => !allowed.fields.includes(field)))
    flaw('/fields', `may name ${allowed.fields.join(', ')} for this purpose`)
  const kept = (retentionDays as number | undefined) ?? allowed.retentionDays
  if (kept > allowed.retentionDays) flaw('/retentionDays', `may be ${allowed.retentionDays} at most for this purpose`)
  if (flaws.length > 0) throw new OrderError('PURPOSE_FORBIDDEN', flaws)
  return {
    purpose: allowed.id,
    // In one order, so that an order that means the same is the same.
    fields: resultFields.filter((field) => wanted.includes(field)),
    language: (language as string | undefined) ?? 'en',
    days: (days as number | undefined) ?? api.requestDays,
    retentionDays: kept,
    ...(reference === undefined ? {} : { reference: reference as string }),
    applicant,
    filledIn: filledBySettings.filter((name) => body[name] === undefined),
  }
}

/** What tells two orders apart: what the client wrote. */
const fingerprintOf = ({ filledIn = [], ...order }: Order): string => {
  const written = Object.entries(order).filter(([name]) => !(filledIn as readonly string[]).includes(name))
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(written)))
    .digest('base64url')
}

/** The fingerprint of an order; then that which versions before this one gave it, with what the settings fill in. */
export const fingerprintsOf = (order: Order): readonly [string, string] => [
  fingerprintOf(order),
  fingerprintOf({ ...order, filledIn: [] }),
]

/** The purposes that a client may ask for. */
export const allowedPurposes = ({ purposes }: ApiClient, api: ImportApi): readonly Purpose[] =>
  api.purposes.filter(({ id }) => purposes.includes(id))

/** An `Idempotency-Key`, if it is one. @throws {OrderError} REQUEST_MALFORMED */
export function parseOrderKey(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  if (/^[\x21-\x7e]{8,255}$/.test(value)) return value
  const detail = 'the header Idempotency-Key must have 8 to 255 printable characters without blanks'
  throw new OrderError('REQUEST_MALFORMED', [{ pointer: '', detail }])
}

function readApplicant(
  value: unknown,
  hasLogins: boolean,
  flaw: (pointer: string, detail: string) => undefined,
): Applicant {
  if (value === undefined && hasLogins) return {}
  if (!isObject(value)) {
    flaw('/applicant', hasLogins ? 'must be an object' : 'must say who the applicant is: there is no login here')
    return {}
  }
  const at = (key: string) => `/applicant/${escaped(key)}`
  for (const key of Object.keys(value)) if (!knownOfApplicant.includes(key)) flaw(at(key), 'is not known')
  const text = (key: string, isRight: (text: string) => boolean, detail: string): string | undefined => {
    const written = value[key]
    if (written === undefined) return undefined
    return typeof written === 'string' && isRight(written) ? written : flaw(at(key), detail)
  }
  const isName = (name: string) => isLine(name, nameMaxLength)
  const applicant = {
    givenNames: text('givenNames', isName, nameDetail),
    familyName: text('familyName', isName, nameDetail),
    birthDate: text('birthDate', isDay, 'must be a day (YYYY-MM-DD)'),
    email: text('email', isAddress, 'must be one plain address'),
  }
  const needed = hasLogins ? [] : (['givenNames', 'familyName', 'birthDate'] as const)
  for (const key of needed) if (value[key] === undefined) flaw(at(key), 'is needed: there is no login here')
  if (hasLogins && (value['givenNames'] === undefined) !== (value['familyName'] === undefined))
    flaw('/applicant', 'must have both names or none')
  return Object.fromEntries(Object.entries(applicant).filter(([, found]) => found !== undefined))
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isWhole = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
/** One line without control characters and without marks that turn the direction of text. */
const isLine = (text: string, most: number): boolean =>
  text.trim() !== '' && text.length <= most && !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(text)
const isLanguage = (text: string): boolean => /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/.test(text)
const isFieldList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((field) => (resultFields as readonly unknown[]).includes(field)) &&
  new Set(value).size === value.length
const isDay = (text: string): boolean => {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
const isAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(text)
const escaped = (key: string): string => key.slice(0, 40).replaceAll('~', '~0').replaceAll('/', '~1')
