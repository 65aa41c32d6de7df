import { makeThrowawayAuthority, type IssueOptions } from '../../../throwaway-authority.js'
import type { ThrowawaySigner } from '../../../throwaway-signer.js'
import { refuseHandshakes } from '../refuse-handshakes.js'
import { startSisServer, type SisReply, type SisRequest, type SisServer } from '../start-sis-server.js'
import { answerLadok, type LadokWorld } from './answer-ladok.js'
import { ladokException, ladokExceptionInXml, uidOf } from './ladok-answers.js'
import { ladokStudents, type LadokStudent } from './ladok-students.js'
import { coursesOf } from './ladok-studies.js'
import { ladokUniversities, type LadokUniversity } from './ladok-universities.js'

export interface LadokOptions {
  /** The population where absent. */
  readonly students?: readonly LadokStudent[]
  /** Two universities where absent. */
  readonly universities?: readonly LadokUniversity[]
  /** Rights of the certificates' users, by Ladok's number; absent: all. */
  readonly rights?: readonly number[]
}

export interface LadokStandIn extends SisServer {
  /** PEM of the authority of the server and of the client certificates. */
  readonly authority: string
  readonly universities: readonly (LadokUniversity & ThrowawaySigner)[]
  /** Another client certificate of a university, perhaps one that has ended. */
  issue(university: Pick<LadokUniversity, 'schac'>, options?: IssueOptions): Promise<ThrowawaySigner>
  /** Paths that were asked for, without their query. */
  readonly asked: readonly string[]
}

/**
 * Ladok: REST over mutual TLS, with a throw-away authority. The certificate tells the university. Its subject is as the real
 * ones are: user@domain below the units LED and the environment.
 */
export async function startLadok(options: LadokOptions = {}): Promise<LadokStandIn> {
  const { students = ladokStudents, universities = ladokUniversities, rights = allRights } = options
  const authority = await makeThrowawayAuthority()
  const issue: LadokStandIn['issue'] = ({ schac }, how) =>
    authority.issue(`CN=emrex@${schac}, OU=Int-test-API, OU=LED`, how)
  const server = await authority.issue('CN=api.ladok.example', { addresses: ['127.0.0.1'] })
  const known = await Promise.all(universities.map(async (each) => ({ ...each, ...(await issue(each)) })))
  const asked: string[] = []
  const courses = new Map(
    universities.flatMap((university) =>
      students
        .flatMap((student) => coursesOf(student, university))
        .map((course) => [uidOf('instans', course.key), course] as const),
    ),
  )
  const world: LadokWorld = { students, universities, rights, courses, origin: () => ladok.origin }
  // What the real one writes there is nobody's to see.
  const message = `java.lang.NullPointerException: ${students.map(({ given, family, key }) => `${given} ${family} ${key}`).join()}`
  const ladok = await startSisServer({
    tls: {
      privateKey: server.privateKey,
      certificate: server.certificate,
      clientAuthorities: [authority.certificate],
    },
    answer: (request: SisRequest): SisReply => {
      asked.push(request.path)
      return answerLadok(world, request)
    },
    says: {
      failing: ladokExceptionInXml(500, 'ovantat_fel', message.replace(/[<>&]/g, '')),
      'credential-refused': ladokException(401, 'ej_autentiserad', { category: 'behorighetsfel', message }),
      forbidden: ladokException(403, 'saknar_behorighet', { category: 'behorighetsfel', message }),
      'error-with-200': ladokException(200, 'felaktigt_format', { message }),
    },
  })
  let refusing: Awaited<ReturnType<typeof refuseHandshakes>> | undefined
  const stopRefusing = async () => {
    await refusing?.close()
    refusing = undefined
  }
  return {
    ...ladok,
    get requests() {
      return ladok.requests
    },
    authority: authority.certificate,
    universities: known,
    issue,
    asked,
    is: async (scenario) => {
      await stopRefusing()
      await ladok.is(scenario === 'certificate-expired' ? 'down' : scenario)
      if (scenario === 'certificate-expired') refusing = await refuseHandshakes(Number(new URL(ladok.origin).port))
    },
    close: async () => {
      await stopRefusing()
      await ladok.close()
    },
  }
}

/** Reading the catalogue, participation, students, results and courses. The last two numbers are this project's own. */
const allRights = [11004, 51001, 61001, 41001, 21001]
