import type { StudyResult } from '../../../population/index.js'
import type { SisReply, SisRequest } from '../start-sis-server.js'
import { ladokException, mediaTypeOf, uidOf } from './ladok-answers.js'
import { personnummerOf, type LadokStudent } from './ladok-students.js'
import {
  attestedOf,
  courseDetails,
  groundData,
  issuedDegreesOf,
  modulesOf,
  participationsOf,
  structureOf,
} from './ladok-studies.js'
import type { LadokUniversity } from './ladok-universities.js'

/** All that the answers depend on. */
export interface LadokWorld {
  readonly students: readonly LadokStudent[]
  readonly universities: readonly LadokUniversity[]
  readonly rights: readonly number[]
  /** Of every university: versions of courses by their uid. */
  readonly courses: ReadonlyMap<string, StudyResult>
  origin(): string
}

type Route = (world: LadokWorld, university: LadokUniversity, key: string, query: URLSearchParams) => object | undefined

/** `*` stands for one part of the path, which the route is given. */
const routes: Readonly<Record<string, Route>> = {
  'studentinformation/student/personnummer/*': (world, university, number) =>
    studentRecord(
      here(world, university).find((each) => personnummerOf(each) === number),
      university,
    ),
  'studentinformation/student/externtuuid/*': (world, university, uid) =>
    studentRecord(
      here(world, university).find(({ key }) => key === uid),
      university,
    ),
  'studentinformation/student/filtrera': (world, university, _key, query) => pageOf(world, university, query),
  'studentinformation/student/*': (world, university, uid) => studentRecord(byUid(world, university, uid), university),
  'resultat/studentresultat/attesterade/student/*': ofStudent(attestedOf),
  'resultat/utbildningsinstans/*/moduler': ({ courses }, _university, uid) => {
    const course = courses.get(uid)
    return course && modulesOf(course)
  },
  // Drafts, which nobody may export: whoever asks here is seen.
  'resultat/resultat/resultat/student/*/kurs/x': () => ({ Resultat: [] }),
  'utbildningsinformation/utbildningsinstans/*': ({ courses }, _university, uid) => {
    const course = courses.get(uid)
    return course && courseDetails(course)
  },
  'studiedeltagande/tillfallesdeltagande/kurstillfallesdeltagande/student/*': ofStudent(participationsOf),
  'studiedeltagande/studiestruktur/student/*': ofStudent(structureOf),
  'examen/utfardatbevis/student/*': ofStudent(issuedDegreesOf),
  'kataloginformation/grunddata/larosatesinformation': (_world, university) => institutionOf(university),
  'kataloginformation/grunddata/*': (_world, _university, name) => groundData[name],
  'kataloginformation/anvandare/autentiserad': (_world, { schac }) => ({
    Anvandarnamn: `emrex@${schac}`,
    Fornamn: 'API',
    Efternamn: 'API',
  }),
  'kataloginformation/anvandarbehorighet/egna': (_world, { code }) => ({
    Anvandarbehorighet: [{ Status: 'AKTIV', BehorighetsprofilRef: { Uid: uidOf('profile', code) } }],
  }),
  'kataloginformation/behorighetsprofil/*': ({ rights }, { code }, uid) =>
    uid === uidOf('profile', code)
      ? {
          Benamning: { sv: 'EMREX' },
          Dataavgransningar: { Lista: [] },
          Systemaktiviteter: rights.map((Id) => ({
            Id,
            I18nNyckel: `systemaktivitet.${rightNames[Id] ?? String(Id)}`,
            Rattighetsniva: 'rattighetsniva.las',
          })),
        }
      : undefined,
}

const rightNames: Readonly<Record<number, string>> = {
  11004: 'kataloginformation.las',
  51001: 'studiedeltagande.las',
  61001: 'studentinformation.lasa',
  41001: 'resultat.las',
  21001: 'utbildningsinformation.las',
}

/** One answer. The certificate tells the university, and the media type must be that of the service. */
export function answerLadok(world: LadokWorld, { path, query, headers, client }: SisRequest): SisReply {
  const domain = String(client?.subject.CN ?? '').split('@')[1]
  const university = world.universities.find(({ schac }) => schac === domain)
  if (university === undefined) return ladokException(403, 'saknar_behorighet', { category: 'behorighetsfel' })
  const [, service = '', ...rest] = path.split('/').map(decodeURIComponent)
  if (headers.accept !== mediaTypeOf(service)) return { status: 406, body: '' }
  for (const [pattern, route] of Object.entries(routes)) {
    const parts = pattern.split('/')
    if (parts.length !== rest.length + 1 || !parts.every((part, i) => part === '*' || part === [service, ...rest][i]))
      continue
    const key = [service, ...rest][parts.indexOf('*')] ?? ''
    if (pattern.endsWith('personnummer/*') && !/^\d{8}[\dA-Z]\d{3}$/.test(key))
      return ladokException(400, 'felaktigt_format', { message: key })
    const found = route(world, university, key, query)
    if (found !== undefined) {
      const link = [{ method: 'GET', uri: `${world.origin()}${path}`, mediaType: mediaTypeOf(service), rel: 'self' }]
      return { headers: { 'content-type': mediaTypeOf(service) }, body: JSON.stringify({ ...found, link }) }
    }
    // Some services say of a missing object that a value which must be there is missing.
    return pattern.includes('externtuuid') || service === 'utbildningsinformation'
      ? ladokException(400, 'obligatoriskt_varde_saknas', { message: key })
      : ladokException(404, 'finns_ej', { message: key })
  }
  return ladokException(404, 'okand_resurs')
}

/** Whoever studies or studied there. */
const here = ({ students }: LadokWorld, { seat }: LadokUniversity): LadokStudent[] =>
  students.filter(({ results }) => results[seat] !== undefined)

const studentUid = ({ key }: LadokStudent, { code }: LadokUniversity): string => uidOf('student', code, key)

const byUid = (world: LadokWorld, university: LadokUniversity, uid: string): LadokStudent | undefined =>
  here(world, university).find((each) => studentUid(each, university) === uid)

function ofStudent(answer: (student: LadokStudent, university: LadokUniversity) => object): Route {
  return (world, university, uid) => {
    const student = byUid(world, university, uid)
    return student && answer(student, university)
  }
}

function studentRecord(student: LadokStudent | undefined, university: LadokUniversity): object | undefined {
  if (student === undefined) return undefined
  return {
    Uid: studentUid(student, university),
    ExterntUID: student.key,
    Personnummer: personnummerOf(student),
    Fodelsedata: student.birthDate,
    Fornamn: student.given,
    Efternamn: student.family,
    KonID: { '1': 2, '2': 1, '9': null }[student.gender],
    LarosateID: university.larosateId,
    Avliden: false,
    SkyddadePersonuppgifter: student.protected === true,
    link: [],
  }
}

/** People whose names begin so. Without an order each page has one of its own, so pages overlap. */
function pageOf(world: LadokWorld, university: LadokUniversity, query: URLSearchParams): object {
  const begins = (text: string, name: string) => text.toLowerCase().startsWith((query.get(name) ?? '').toLowerCase())
  const page = Number(query.get('page') ?? '1')
  const limit = Number(query.get('limit') ?? '25')
  const order = ({ family, given, ...rest }: LadokStudent) =>
    [family, given, personnummerOf({ family, given, ...rest })].join('\n')
  const people = here(world, university)
    .filter(({ given, family }) => begins(given, 'fornamn') && begins(family, 'efternamn'))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
  if (query.getAll('orderby').length === 0 && page % 2 === 0) people.reverse()
  return {
    TotaltAntalPoster: people.length,
    Resultat: people.slice((page - 1) * limit, page * limit).map((each) => studentRecord(each, university)),
  }
}

const institutionOf = ({ larosateId, code, title, titleEnglish, url }: LadokUniversity): object => ({
  LarosateID: larosateId,
  Larosatesinformation: [
    {
      ID: String(larosateId),
      Kod: code,
      Benamning: { sv: title, ...(titleEnglish === undefined ? {} : { en: titleEnglish }) },
      EpostadressForAdmingranssnitt: 'registrar@ladok.example',
      Giltighetsperiod: { Startdatum: '2010-01-01', link: [] },
      LankTillWebbplats: { Lanktext: title, Url: url },
      LarosateID: larosateId,
      link: [],
    },
  ],
})
