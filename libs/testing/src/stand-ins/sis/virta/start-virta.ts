import { randomBytes } from 'node:crypto'
import { students as population, type Student } from '../../../population/index.js'
import { startSisServer, type SisReply, type SisRequest, type SisServer } from '../start-sis-server.js'
import { readVirtaQuestion, type VirtaQuestion } from './read-virta-question.js'
import { virtaStudent, type VirtaStudent } from './virta-student.js'
import { everythingAbout, fault, resultsOf } from './write-virta-answer.js'

export interface VirtaOptions {
  readonly students?: readonly Student[]
  /** People beside the population, in VIRTA's own words. */
  readonly further?: readonly VirtaStudent[]
  /** Codes of the two institutions; no institution has the usual ones. */
  readonly institutions?: readonly [first: string, second: string]
}

export interface Virta extends SisServer {
  readonly url: string
  /** The caller triple that is let in; the key is made at the start. */
  readonly caller: { readonly system: string; readonly user: string; readonly key: string }
  readonly institutions: readonly [first: string, second: string]
  /** The bodies of all messages since the start, and of what was answered while all was well. */
  readonly messages: readonly { readonly question: string; readonly answer: string }[]
}

const path = '/luku/OpiskelijanTiedot'
const xml = { 'content-type': 'text/xml; charset=utf-8' }
const failed = (code: string, words: string, status = 500): SisReply => ({
  status,
  headers: xml,
  body: fault(code, words),
})

/**
 * A stand-in of VIRTA: SOAP 1.1 with the caller triple in the body, two institutions. It holds nobody whom the register
 * protects: no public source says how VIRTA would mark them.
 */
export async function startVirta(options: VirtaOptions = {}): Promise<Virta> {
  const { students = population, further = [], institutions = ['99901', '99902'] } = options
  const caller = { system: 'EMREX', user: 'emrex-gateway', key: randomBytes(24).toString('base64url') }
  const people = [
    ...students.filter((each) => each.protected !== true).map((each) => virtaStudent(each, institutions)),
    ...further,
  ]
  const messages: { question: string; answer: string }[] = []
  // A careless service tells in its faults what it was asked.
  const tellingFault = (code: string, status?: number) => (request: SisRequest) =>
    failed(code, `Palvelu ei vastaa: ${request.body.toString('utf8')}`, status)
  const server = await startSisServer({
    answer: (request) => {
      const reply = answer(request, caller, people)
      messages.push({ question: request.body.toString('utf8'), answer: String(reply.body) })
      return reply
    },
    says: {
      failing: tellingFault('Server'),
      'credential-refused': tellingFault('Client'),
      'error-with-200': tellingFault('Server', 200),
    },
  })
  return Object.assign(Object.create(server) as SisServer, {
    url: `${server.origin}${path}`,
    caller,
    institutions,
    messages,
  })
}

function answer(request: SisRequest, caller: Virta['caller'], people: readonly VirtaStudent[]): SisReply {
  if (request.path !== path) return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404</h1>' }
  let question: VirtaQuestion
  try {
    question = readVirtaQuestion(request)
  } catch (error) {
    return failed('Client', (error as Error).message)
  }
  const { system, user, key } = question.caller
  if (system !== caller.system || user !== caller.user || key !== caller.key)
    return failed('Client', 'Kutsujalla ei ole oikeutta')
  const student = people.find(({ henkilotunnus, oppijanumero }) =>
    // Days of birth find nobody.
    question.by === 'henkilotunnus'
      ? henkilotunnus.length > 7 && henkilotunnus === question.value
      : oppijanumero === question.value,
  )
  const records = (student?.records ?? []).filter(
    ({ institution }) => question.institution === undefined || institution === question.institution,
  )
  const body =
    question.operation === 'Opintosuoritukset' ? resultsOf(student, records) : everythingAbout(student, records)
  return { headers: xml, body }
}
