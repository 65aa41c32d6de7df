import { randomBytes } from 'node:crypto'
import { students as population, type Student } from '../../../population/index.js'
import { startSisServer, type SisReply, type SisRequest, type SisServer } from '../start-sis-server.js'
import { SignedMessage } from './oauth1-verifier.js'
import { authorisePath, usosAuthorisePage, usosDeadEnd } from './usos-authorise-page.js'
import { usosInstallations } from './usos-installations.js'
import { callMethod, usosMethods, UsosRefusal, withoutField, type UsosMethod, type UsosWorld } from './usos-methods.js'
import { usosStudentOf, type UsosCatalogue, type UsosStudent } from './usos-records.js'
import { UsosTokens } from './usos-tokens.js'
import { describeMethods } from './usos-apiref.js'

export interface UsosOptions {
  /** Who studies there; the population where absent. */
  readonly students?: readonly Student[]
  /** Which of the two universities of the population it is. */
  readonly seat?: 'first' | 'second'
  /** Codes of courses that are graded by their units alone. */
  readonly gradedByUnitsAlone?: readonly string[]
  /** What this installation is too old for: methods, and fields as `services/courses/courses description`. */
  readonly without?: readonly string[]
  /** Methods that are closed to the scopes that anybody can ask for, which it says with 401. */
  readonly closed?: readonly string[]
  /** Codes of courses that are not in the catalogue any more. */
  readonly notInCatalogue?: readonly string[]
  /** Refuses a whole list of courses because of one that is not there; otherwise that one is null. */
  readonly refusesUnknownIds?: boolean
  readonly now?: () => Date
}

export interface UsosServer extends SisServer {
  /** With a slash at the end. */
  readonly baseUrl: string
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly schac: string
  readonly institution: string
  /** What the authorise page calls a student. */
  labelOf(student: Student): string
  /** Every leave that students gave runs out. */
  expireGrants(): void
  /** How many leaves there are now. */
  readonly grants: number
  /** Names of the methods that were called, in order. */
  readonly called: readonly string[]
}

const html = { 'content-type': 'text/html; charset=utf-8' }
const scopesThere = ['studies', 'grades', 'personal', 'email', 'offline_access']

/**
 * One installation of USOS with the population as its students: OAuth 1.0a as the specification says, scopes, selectors,
 * a page where the student says yes or no, and its own description of itself.
 */
export async function startUsos(options: UsosOptions = {}): Promise<UsosServer> {
  const { seat = 'first', now = () => new Date(), gradedByUnitsAlone = [], without = [] } = options
  const installation = usosInstallations[seat]
  const consumer = { key: randomBytes(10).toString('hex'), secret: randomBytes(20).toString('base64url') }
  const catalogue: UsosCatalogue = { courses: new Map(), units: new Map(), classTypes: new Map() }
  const people = new Map<string, UsosStudent>()
  const labels = new Map<Student, string>()
  for (const student of options.students ?? population) {
    const results = student.results[seat]
    if (results === undefined) continue
    const record = usosStudentOf(student, results, installation, catalogue, gradedByUnitsAlone)
    // Two of the population have the same name.
    const label = `${record.label} (${student.number})`
    people.set(record.id, { ...record, label })
    labels.set(student, label)
  }
  const tokens = new UsosTokens(now)
  const called: string[] = []
  for (const code of options.notInCatalogue ?? []) catalogue.courses.delete(code)
  const world: UsosWorld = {
    ...{ installation, catalogue, now, refusesUnknownIds: options.refusesUnknownIds === true },
    origin: () => server.origin,
  }
  const methods: Readonly<Record<string, UsosMethod>> = Object.fromEntries(
    Object.entries({ ...usosMethods, ...describeMethods(() => methods) })
      .filter(([name]) => !without.includes(name))
      .map(([name, method]) => {
        const fields = without.filter((each) => each.startsWith(`${name} `)).map((each) => each.slice(name.length + 1))
        return [name, fields.reduce(withoutField, method)]
      }),
  )

  /** Who signed it, and by which token. @throws {UsosRefusal} 401 */
  const signed = (message: SignedMessage, secretOf: (token: string) => string | undefined): string | undefined => {
    const refuse = (reason: string) => new UsosRefusal(401, 'unauthorized', reason)
    const token = message.get('oauth_token')
    if (message.isAmbiguous) throw refuse('parameter_rejected')
    if (message.get('oauth_signature_method') !== 'HMAC-SHA1') throw refuse('signature_method_rejected')
    if (!['1.0', undefined].includes(message.get('oauth_version'))) throw refuse('version_rejected')
    if (message.get('oauth_consumer_key') !== consumer.key) throw refuse('consumer_key_unknown')
    const secret = token === undefined ? '' : secretOf(token)
    if (secret === undefined) throw refuse('token_rejected')
    if (!message.isSignedBy(consumer.secret, secret)) throw refuse('signature_invalid')
    const problem = tokens.problemOf(consumer.key, message.get('oauth_timestamp'), message.get('oauth_nonce'))
    if (problem !== undefined) throw refuse(problem)
    return token
  }

  const oauth: Readonly<Record<string, (message: SignedMessage) => SisReply>> = {
    '/services/oauth/request_token': (message) => {
      signed(message, () => undefined)
      const callback = message.get('oauth_callback')
      if (callback === undefined || !/^https?:\/\//.test(callback))
        throw new UsosRefusal(400, 'param_missing', 'oauth_callback')
      const scopes = (message.get('scopes') ?? '').split('|').filter((scope) => scope !== '')
      const unknown = scopes.find((scope) => !scopesThere.includes(scope))
      if (unknown !== undefined) throw new UsosRefusal(400, 'param_invalid', 'scopes')
      const { token, secret } = tokens.request(callback, scopes)
      return form({ oauth_token: token, oauth_token_secret: secret, oauth_callback_confirmed: 'true' })
    },
    '/services/oauth/access_token': (message) => {
      const token = signed(message, (each) => tokens.requested(each)?.secret) ?? ''
      const access = tokens.exchange(token, message.get('oauth_verifier'))
      if (access === undefined) throw new UsosRefusal(401, 'unauthorized', 'verifier_invalid')
      return form({ oauth_token: access.token, oauth_token_secret: access.secret })
    },
    '/services/oauth/revoke_token': (message) => {
      tokens.revoke(signed(message, (each) => tokens.access(each)?.secret) ?? '')
      return { body: '{}', headers: json }
    },
  }

  const authorise = ({ method, query, body }: SisRequest): SisReply => {
    const given = method === 'POST' ? new URLSearchParams(body.toString('utf8')) : query
    const token = given.get('oauth_token') ?? ''
    const requested = tokens.requested(token)
    const student = people.get(given.get('student') ?? '')
    if (requested === undefined || requested.granted !== undefined)
      return { status: 400, headers: html, body: usosDeadEnd() }
    if (method !== 'POST')
      return {
        headers: html,
        body: usosAuthorisePage(installation.name, token, requested.scopes, [...people.values()]),
      }
    const problem = installation.refusal === 'oauth_problem' ? 'user_refused' : undefined
    const next = student === undefined ? tokens.refuse(token, problem) : tokens.grant(token, student.id)
    return { status: 302, headers: { location: next! }, body: '' }
  }

  const answer = (request: SisRequest): SisReply => {
    const { path } = request
    if (path === authorisePath) return authorise(request)
    const name = path.slice(1)
    called.push(name)
    try {
      const message = messageOf(request, server.origin)
      const step = oauth[path]
      if (step !== undefined) return step(message)
      const method = methods[name]
      if (method === undefined) throw new UsosRefusal(404, 'method_not_found')
      const isSigned = message.get('oauth_consumer_key') !== undefined
      const token = isSigned ? signed(message, (each) => tokens.access(each)?.secret) : undefined
      if (method.access !== 'anonymous' && !isSigned) throw new UsosRefusal(401, 'unauthorized', 'consumer_missing')
      if (method.access === 'token' && token === undefined) throw new UsosRefusal(401, 'unauthorized', 'token_missing')
      if (options.closed?.includes(name) === true) throw new UsosRefusal(401, 'unauthorized', 'scope_missing')
      const access = token === undefined ? undefined : tokens.access(token)
      const missing = method.scopes?.find((scope) => access?.scopes.includes(scope) !== true)
      if (missing !== undefined) throw new UsosRefusal(403, 'forbidden', 'scope_missing')
      const student = personalAllowed(people.get(access?.student ?? ''), access?.scopes ?? [])
      return { headers: json, body: JSON.stringify(callMethod(method, new Map(message.parameters), world, student)) }
    } catch (error) {
      if (!(error instanceof UsosRefusal)) throw error
      const { status, error: code, reason } = error
      return {
        status,
        headers: json,
        body: JSON.stringify({ message: `Refused: ${code}`, error: code, ...(reason && { reason }) }),
      }
    }
  }

  const refusedTo = (who: (message: SignedMessage) => boolean) => (request: SisRequest) =>
    who(messageOf(request, server.origin))
      ? { status: 401, headers: json, body: '{"message":"Unauthorized","error":"unauthorized"}' }
      : answer(request)
  const server = await startSisServer({
    answer,
    says: {
      'credential-refused': refusedTo((message) => message.get('oauth_consumer_key') !== undefined),
      'grant-expired': refusedTo((message) => message.get('oauth_token') !== undefined),
    },
  })
  return {
    origin: server.origin,
    is: (scenario) => server.is(scenario),
    get requests() {
      return server.requests
    },
    close: () => server.close(),
    baseUrl: `${server.origin}/`,
    consumerKey: consumer.key,
    consumerSecret: consumer.secret,
    schac: installation.schac,
    institution: installation.name.pl,
    labelOf: (student) => labels.get(student) ?? '',
    expireGrants: () => tokens.revokeAll(),
    get grants() {
      return tokens.living
    },
    called,
  }
}

const json = { 'content-type': 'application/json; charset=utf-8' }

const form = (fields: Readonly<Record<string, string>>): SisReply => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
})

function messageOf({ method, target, headers, body }: SisRequest, origin: string): SignedMessage {
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  return new SignedMessage({
    method,
    url: `${origin}${target}`,
    authorization: headers.authorization,
    form: isForm ? body.toString('utf8') : undefined,
  })
}

/** What of the person is given away without the scope `personal`. */
function personalAllowed(student: UsosStudent | undefined, scopes: readonly string[]): UsosStudent {
  if (student === undefined) return nobody
  if (scopes.includes('personal')) return student
  return { ...student, user: { ...student.user, pesel: null, birth_date: null } }
}

const nobody: UsosStudent = {
  id: '',
  label: '',
  user: {},
  programmes: [],
  editions: {},
  points: {},
  grades: {},
  examinations: {},
}
