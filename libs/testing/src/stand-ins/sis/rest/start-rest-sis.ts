import type { Claim } from '@emrex-gateway/core'
import { largeAttachment, students as population, type Student } from '../../../population/index.js'
import type { ThrowawayAuthority } from '../../../throwaway-authority.js'
import { startSisServer, type SisReply, type SisRequest, type SisServer } from '../start-sis-server.js'
import { makeRestAccess, type RestCredential } from './rest-access.js'
import { RestDeliveries } from './rest-deliveries.js'
import { searchPeople } from './rest-people.js'
import { attachmentOf, learnerJson, noticesOf, reportJson, restInstitutions, sayableInElmo } from './rest-records.js'
import { elmoDocument } from './rest-xml.js'

export interface RestSisOptions {
  /** How it knows its clients; a token by default. */
  readonly access?: RestCredential['kind']
  /** How it writes results: the JSON form of ELMO (by default), line by line, or ELMO as XML. */
  readonly form?: 'json' | 'lines' | 'xml'
  readonly students?: readonly Student[]
  /** The bytes of every attachment. */
  readonly attachment?: Uint8Array
  /** Answers the reports call of some students with something else. */
  readonly instead?: (student: Student) => SisReply | undefined
}

/** A system whose vendor built it by `openapi.yaml` of sis-rest. */
export interface RestSis extends SisServer {
  readonly url: string
  readonly credential: RestCredential
  /** Where it speaks TLS: who vouches for it and issues certificates for clients. */
  readonly authority?: ThrowawayAuthority
  readonly deliveries: RestDeliveries
  /** Every request since the start, and what was answered. */
  readonly seen: readonly { readonly request: SisRequest; readonly reply: SisReply }[]
  expireTokens(): void
}

const json = (body: unknown, status = 200): SisReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const problem = (status: number, type: string, more: Readonly<Record<string, string>> = {}): SisReply => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...more },
  body: JSON.stringify({ type, title: `The request ended as ${type}`, status }),
})

export async function startRestSis(options: RestSisOptions = {}): Promise<RestSis> {
  const { students = population } = options
  const access = await makeRestAccess(options.access ?? 'token')
  const deliveries = new RestDeliveries()
  const seen: { request: SisRequest; reply: SisReply }[] = []
  const answerTo = (request: SisRequest): SisReply | Promise<SisReply> => {
    const about = access.answer(request)
    if (about !== undefined) return about
    if (!access.admits(request)) return problem(401, 'credential')
    const steps = request.path.split('/').slice(1).map(decodeURIComponent)
    const [call, first = '', second] = steps[0] === 'emrex' ? steps.slice(1) : []
    switch (`${request.method} ${call}${second === undefined ? '' : `/${second}`}`) {
      case 'GET institutions':
        return json({ institutions: restInstitutions })
      case 'POST persons':
        return search(students, request)
      case 'GET enrolments/reports':
        return reports(students, first, options)
      case 'GET attachments':
        return students.some((student) => attachmentOf(student) === first)
          ? { headers: { 'content-type': 'application/pdf' }, body: options.attachment ?? largeAttachment() }
          : problem(404, 'unknown-person')
      case 'POST deliveries': {
        const outcome = deliveries.take(request)
        if (outcome === 'late') return new Promise<SisReply>(() => {})
        return outcome === 'lost'
          ? problem(500, 'unavailable')
          : outcome === 'refused'
            ? problem(422, 'refused')
            : json(outcome, 202)
      }
      case 'GET deliveries': {
        const receipt = deliveries.receiptOf(first)
        return receipt === undefined ? problem(404, 'bad-data') : json(receipt)
      }
      default:
        return problem(404, 'unsupported')
    }
  }
  const answer = (request: SisRequest): SisReply | Promise<SisReply> => {
    const reply = answerTo(request)
    if (!(reply instanceof Promise)) seen.push({ request, reply })
    return reply
  }
  const server = await startSisServer({
    ...(access.tls === undefined ? {} : { tls: access.tls }),
    answer,
    says: {
      failing: problem(500, 'unavailable'),
      'rate-limited': problem(429, 'rate-limited', { 'retry-after': '1' }),
      'credential-refused': problem(401, 'credential'),
      forbidden: problem(403, 'forbidden'),
    },
  })
  return {
    origin: server.origin,
    url: `${server.origin}/emrex/`,
    credential: access.credential,
    ...(access.authority === undefined ? {} : { authority: access.authority }),
    deliveries,
    seen,
    expireTokens: () => access.expireTokens(),
    is: (scenario) => server.is(scenario),
    get requests() {
      return server.requests
    },
    close: () => server.close(),
  }
}

function search(students: readonly Student[], { body }: SisRequest): SisReply {
  const { claims } = JSON.parse(body.toString()) as { claims: readonly Claim[] }
  const { foundBy, found } = searchPeople(students, claims)
  if (found.some((student) => student.protected)) return problem(403, 'forbidden')
  const enrolments = found.flatMap((student) =>
    restInstitutions
      .filter(({ code }) => student.results[code] !== undefined)
      .map((institution) => ({
        // A slash: ids are opaque, and must be encoded where they stand in a path.
        id: `${institution.code}/${student.key}`,
        institution,
        learner: learnerJson(student),
        foundBy,
      })),
  )
  return json({ enrolments })
}

function reports(students: readonly Student[], id: string, { form = 'json', instead }: RestSisOptions): SisReply {
  const [code, key] = id.split('/')
  const known = students.find((student) => student.key === key)
  const place = restInstitutions.find((each) => each.code === code)
  if (known === undefined || place === undefined) return problem(404, 'unknown-person')
  const other = instead?.(known)
  if (other !== undefined) return other
  const student = form === 'xml' ? sayableInElmo(known) : known
  const report = reportJson(student, place)
  const list = report === undefined ? [] : [report]
  const notices = noticesOf(student, place)
  if (form === 'xml')
    return { headers: { 'content-type': 'application/xml' }, body: elmoDocument(learnerJson(student), list) }
  if (form === 'lines') {
    const lines = [...list.map((one) => ({ report: one })), ...notices, { end: true }]
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    return { headers: { 'content-type': 'application/x-ndjson' }, body }
  }
  return json({
    elmo: '1.7.0',
    namespace: 'https://github.com/emrex-eu/elmo-schemas/tree/v1',
    generatedDate: '2026-01-01T00:00:00Z',
    learner: learnerJson(student),
    reports: list,
    notices,
  })
}
