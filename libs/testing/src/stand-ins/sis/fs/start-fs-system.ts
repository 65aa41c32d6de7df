import { randomBytes } from 'node:crypto'
import { execute, GraphQLError, parse, type DocumentNode, type GraphQLSchema } from 'graphql'
import { students as population, type Student } from '../../../population/index.js'
import { startSisServer, type SisReply, type SisRequest, type SisServer } from '../start-sis-server.js'
import { fsInstitutions } from './fs-institutions.js'
import { fsProofs, pageOf, type PageArguments } from './fs-proof.js'
import type { FsStudent } from './fs-record.js'
import { fsSchema, type FsLanguageKeys } from './fs-schema.js'
import { fsSpecialStudent } from './fs-special-cases.js'
import { fsStudentOf } from './fs-student-of.js'
import { problemsOfQuery } from './problems-of-query.js'

export interface FsSystemOptions {
  /** Default: the population. A student of FS' own special cases is always there besides. */
  readonly students?: readonly Student[]
  /** How users of the interface prove who they are; default `basic`. */
  readonly auth?: FsAuthKind
  /** The most that a page ever holds, whatever is asked for; small by default, so that a client has to turn pages. */
  readonly maxPage?: number
  readonly languageKeys?: FsLanguageKeys
  readonly institutionArgument?: 'eierOrganisasjonskode' | 'eierInstitusjonsnummer'
}

export type FsAuthKind = 'basic' | 'header' | 'bearer'

/** What a user of the interface shows: of one kind, as the options say. */
export interface FsCredential {
  readonly user: string
  /** Password, key or token. */
  readonly secret: string
}

export interface FsSystem extends SisServer {
  /** Of the GraphQL endpoint. */
  readonly url: string
  readonly institutions: typeof fsInstitutions
  readonly credentials: Readonly<Record<Seat, FsCredential>>
  /** Header of the key, where the kind is `header`. */
  readonly keyHeader: string
  /** From now on the answer is whole and says besides that something went wrong. */
  failPartly(error: { readonly message: string; readonly code?: string } | undefined): void
}

type Seat = 'first' | 'second'
const seats: readonly Seat[] = ['first', 'second']
const keyHeader = 'x-gravitee-api-key'
const json = { 'content-type': 'application/json' }
const reply = (value: unknown, status = 200): SisReply => ({ status, headers: json, body: JSON.stringify(value) })
const errorReply = (message: string, extensions?: object): SisReply =>
  reply({ data: null, errors: [{ message, ...(extensions === undefined ? {} : { extensions }) }] })

/** Starts a stand-in of FS' GraphQL interface with two institutions; queries are validated and executed. */
export async function startFsSystem(options: FsSystemOptions = {}): Promise<FsSystem> {
  const { students = population, auth = 'basic', maxPage = 3, languageKeys = 'mixed' } = options
  const { institutionArgument = 'eierOrganisasjonskode' } = options
  const schema = fsSchema(languageKeys, institutionArgument)
  const credentials = {
    first: { user: 'emrex-9901', secret: randomBytes(18).toString('base64url') },
    second: { user: 'emrex-9902', secret: randomBytes(18).toString('base64url') },
  }
  const people: Readonly<Record<Seat, readonly FsStudent[]>> = {
    first: [...students.flatMap((one) => fsStudentOf(one, 'first') ?? []), fsSpecialStudent],
    second: students.flatMap((one) => fsStudentOf(one, 'second') ?? []),
  }
  let partError: { readonly message: string; readonly code?: string } | undefined

  const server = await startSisServer({
    answer: async (request) => {
      const seat = seats.find((one) => isShown(request, auth, credentials[one]))
      if (seat === undefined) return reply({ error: 'unauthorized' }, 401)
      const institution = fsInstitutions[seat].code
      const root = rootOf(people[seat], institution, institutionArgument, maxPage)
      const result = await executed(request, schema, root)
      if (partError === undefined) return reply(result)
      const { message, code } = partError
      return reply({ ...result, errors: [{ message, ...(code === undefined ? {} : { extensions: { code } }) }] })
    },
    says: {
      forbidden: errorReply('Ingen tilgang', { classification: 'FORBIDDEN' }),
      'error-with-200': errorReply('Exception while fetching data'),
    },
  })
  return {
    origin: server.origin,
    is: (scenario) => server.is(scenario),
    get requests() {
      return server.requests
    },
    close: () => server.close(),
    url: `${server.origin}/graphql/`,
    institutions: fsInstitutions,
    credentials,
    keyHeader,
    failPartly: (error) => void (partError = error),
  }
}

function isShown({ headers }: SisRequest, auth: FsAuthKind, { user, secret }: FsCredential): boolean {
  if (auth === 'header') return headers[keyHeader] === secret
  const basic = Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')
  return headers.authorization === (auth === 'bearer' ? `Bearer ${secret}` : `Basic ${basic}`)
}

async function executed(request: SisRequest, schema: GraphQLSchema, rootValue: unknown) {
  let document: DocumentNode
  let variableValues: Record<string, unknown>
  try {
    const { query, variables } = JSON.parse(request.body.toString('utf8')) as {
      query: string
      variables: typeof variableValues
    }
    document = parse(query)
    variableValues = variables
  } catch {
    return { errors: [{ message: 'Invalid syntax', extensions: { classification: 'InvalidSyntax' } }] }
  }
  const flags = String(request.headers['feature-flags'] ?? '').split(',')
  const problems = problemsOfQuery(schema, document, flags)
  if (problems.length > 0)
    return { errors: problems.map((message) => ({ message, extensions: { classification: 'ValidationError' } })) }
  const { data, errors } = await execute({ schema, document, rootValue, variableValues })
  return { ...(data === undefined ? {} : { data }), ...(errors === undefined ? {} : { errors }) }
}

type Arguments = Readonly<Record<string, unknown>> & PageArguments

function rootOf(people: readonly FsStudent[], institution: string, argument: string, maxPage: number) {
  const refuseOthers = (args: Arguments) => {
    if (args[argument] !== institution)
      throw new GraphQLError('Ingen tilgang til data ved institusjonen', {
        extensions: { classification: 'FORBIDDEN' },
      })
  }
  const refuseProtected = (student: FsStudent) => {
    if (student.protected === true)
      throw new GraphQLError('Adressesperre', { extensions: { classification: 'FORBIDDEN', code: 'ADRESSESPERRE' } })
  }
  const search = (list: string, fieldOf: (student: FsStudent) => string) => (args: Arguments) => {
    refuseOthers(args)
    return (args[list] as readonly string[]).map((wanted) => {
      const student = people.find((one) => fieldOf(one) === wanted)
      if (student === undefined) return null
      refuseProtected(student)
      return studentAs(student, institution)
    })
  }
  return {
    studenterGittFodselsnumre: search('fodselsnumre', ({ elevenDigits }) => elevenDigits),
    studenterGittStudentnumre: search('studentnumre', ({ number }) => number),
    studenterGittPersonlopenumre: search('personlopenumre', ({ serial }) => serial),
    studenterGittFeideBrukere: search('feideBrukere', ({ feide }) => feide),
    kompetansebevisForPerson(args: Arguments) {
      refuseOthers(args)
      const serials = (args['personlopenummer'] ?? []) as readonly string[]
      const found = people.filter(({ serial }) => serials.includes(serial))
      for (const student of found) refuseProtected(student)
      const proofs = found
        .flatMap(({ records }) => fsProofs(records, institution, maxPage))
        .filter(({ gyldig }) => gyldig === (args.gyldig ?? gyldig))
      return pageOf(proofs, args, maxPage)
    },
  }
}

function studentAs(student: FsStudent, institution: string) {
  const { number, serial, given, family, birthDate, woman, elevenDigits, feide, email, esi } = student
  return {
    id: `student-${serial}`,
    studentnummer: number,
    feideBruker: feide,
    larested: { id: `institution-${institution}`, organisasjonskode: institution },
    europeanStudentId: esi === undefined ? null : { esiId: esi },
    personProfil: {
      id: `person-${serial}`,
      personlopenummer: serial,
      navn: { fornavn: given === '' ? null : given, etternavn: family },
      fodselsdato: birthDate,
      fodselsnummer: elevenDigits,
      kjonn: woman ? 'KVINNE' : 'MANN',
      institusjonsEpost: email ?? null,
    },
  }
}
