import { stringify } from 'yaml'
import { demoLoginPeople } from './demo-login-people.js'
import { staff, students } from './people.js'
import type { otherEntries } from './other-systems/other-entries.js'
import type { LoginUse } from './real-logins.js'
import { universities, universityOf, type NcpId, type UniversityId } from './universities.js'

export const ncpIds: readonly NcpId[] = [...new Set(universities.map(({ ncp }) => ncp))]
export const universitiesOf = (ncp: NcpId) => universities.filter((university) => university.ncp === ncp)

/** Home sides and sides abroad are two sites to a browser: the posts of EMREX are truly cross-site. */
export const homeOrigin = (port: number): string => `http://localhost:${port}`
export const abroadOrigin = (port: number): string => `http://127.0.0.1:${port}`

/** The name under which an NCP of the town stands in the catalogue and on pages. */
export const ncpTitle = (ncp: NcpId): string => {
  const [only, ...others] = universitiesOf(ncp)
  return others.length === 0
    ? only!.titleEnglish
    : `${new Intl.DisplayNames('en', { type: 'region' }).of(only!.country)}’s results service`
}

const studentsOf = (id: UniversityId) =>
  students.filter(({ records }) => records.some(({ university }) => university === id))
const staffOf = (id: UniversityId) => staff.filter(({ home }) => home === id)

/** The names of the logins for demonstrations. */
export const homeLoginLabel = (id: UniversityId): string => `Log in at ${universityOf(id).titleEnglish}`
export const nationalLoginLabel = 'National login'

/** The public addresses of all entries of the town. */
export const townEntries = (port: number): readonly string[] => [
  ...universities.map(({ id }) => `${homeOrigin(port)}/smp/${id}`),
  ...ncpIds.map((id) => `${abroadOrigin(port)}/ncp/${id}`),
]

/** Where the key of an NCP lies in the folder of the town. */
export const ncpKeyFiles = (id: string) => ({ keyFile: `./${id}.key.pem`, certificateFile: `./${id}.pem` })

/** The settings file of the town: every university with an SMP, every country with an NCP, all on loopback. */
export function townSettings(options: {
  readonly port: number
  readonly catalogueUrl: string
  readonly logLevel: string
  /** Offered by every entry, beside the login for demonstrations. */
  readonly furtherLogins?: readonly LoginUse[]
  /** Port of the mail server of the town; without it no codes are sent. */
  readonly mailPort?: number
  /** Universities whose records lie in systems of other kinds. */
  readonly others?: ReturnType<typeof otherEntries>
}): string {
  const { port, catalogueUrl, logLevel, furtherLogins = [], mailPort, others } = options
  const further = furtherLogins.map(({ id }) => id)
  const demoLogin = (id: string, label: string, country: string, people: typeof students) => ({
    id,
    plugin: 'demo',
    settings: { label, country, people: demoLoginPeople(people) },
  })
  return stringify({
    environment: 'demo',
    listen: { host: '127.0.0.1', port },
    logLevel,
    database: { file: './gateway.sqlite' },
    seal: { keyFile: './seal.key' },
    ...(mailPort === undefined
      ? {}
      : { mail: { host: '127.0.0.1', port: mailPort, secure: 'none', from: 'codes@emrex.example' } }),
    logins: [
      ...universities.flatMap(({ id, titleEnglish, country }) => [
        demoLogin(`home-${id}`, homeLoginLabel(id), country, studentsOf(id)),
        demoLogin(`staff-${id}`, `Staff of ${titleEnglish}`, country, staffOf(id)),
      ]),
      ...ncpIds.map((ncp) => demoLogin(`eid-${ncp}`, nationalLoginLabel, universitiesOf(ncp)[0]!.country, students)),
      ...furtherLogins,
      ...(others?.logins ?? []),
    ],
    systems: [
      ...universities.map(({ id, country, titleEnglish }) => ({
        id,
        title: titleEnglish,
        plugin: 'sql',
        settings: {
          client: 'sqlite',
          file: `./${id}.sqlite`,
          source: true,
          target: true,
          find: { nationalIdCountry: country },
        },
      })),
      ...(others?.systems ?? []),
    ],
    registries: [{ id: 'catalogue', kind: 'ewp', url: catalogueUrl }],
    ncp: [
      ...ncpIds.map((ncp) => ({
        id: ncp,
        title: ncpTitle(ncp),
        country: universitiesOf(ncp)[0]!.country,
        publicUrl: abroadOrigin(port),
        logins: [`eid-${ncp}`, ...further],
        sources: universitiesOf(ncp).map(({ id }) => id),
        signing: ncpKeyFiles(ncp),
        // One NCP of the town does not know the home side, so that its question can be seen.
        receivers: {
          unknown: 'ask',
          known: ncp === 'croatia' ? [] : [{ name: 'the home universities of this town', origin: homeOrigin(port) }],
        },
      })),
      ...(others?.ncp ?? []),
    ],
    smp: [
      ...universities.map(({ id, titleEnglish, title, ncp }) => ({
        id,
        title: titleEnglish,
        publicUrl: homeOrigin(port),
        // For receipts.
        signing: ncpKeyFiles(ncp),
        logins: [`home-${id}`, ...further],
        staffLogin: `staff-${id}`,
        statisticsOf: ncpIds.filter((ncp) => universitiesOf(ncp).some((each) => each.id === id)),
        target: id,
        ownInstitutions: [titleEnglish, title],
      })),
      ...(others?.smp ?? []),
    ],
  })
}

/** The NCPs as the catalogue lists them. */
export const catalogueEntries = (port: number, certificates: ReadonlyMap<NcpId, string>) =>
  ncpIds.map((ncp) => ({
    name: ncpTitle(ncp),
    countryCode: universityOf(universitiesOf(ncp)[0]!.id).country,
    url: `${abroadOrigin(port)}/ncp/${ncp}`,
    institutions: universitiesOf(ncp).map(({ titleEnglish }) => titleEnglish),
    certificates: [certificates.get(ncp)!],
  }))
