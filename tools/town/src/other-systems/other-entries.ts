import { abroadOrigin, homeOrigin, ncpKeyFiles } from '../town-settings.js'
import { populationPeople } from './population-people.js'
import { otherUniversities, type OtherUniversityId } from './other-universities.js'
import { usosLoginLabel, type OtherSystems } from './start-other-systems.js'

/** The login of a demonstration that knows everybody of the shared population. */
export const populationLoginLabel = 'Log in as one of the thirteen students'
export const otherHomeLoginLabel = (id: OtherUniversityId): string =>
  id === 'pierwszy' ? usosLoginLabel : populationLoginLabel

const populationLogin = 'thirteen-students'
/** USOS is its own login: nothing is read there without the leave of the student. */
const loginOf = (id: OtherUniversityId): string => (id === 'pierwszy' ? 'pierwszy' : populationLogin)
const staffLogin = (id: OtherUniversityId): string => `staff-${id}`

/** What the settings of the town hold for its universities with systems of other kinds. */
export function otherEntries(port: number, { systems, domains }: OtherSystems) {
  const takers = otherUniversities.filter(({ takes }) => takes)
  return {
    systems,
    logins: [
      {
        id: populationLogin,
        plugin: 'demo',
        settings: { label: populationLoginLabel, country: 'NO', people: populationPeople(domains) },
      },
      ...takers.map(({ id, title, country }) => ({
        id: staffLogin(id),
        plugin: 'demo',
        settings: {
          label: `Staff of ${title}`,
          country,
          people: [
            { id: `worker-${id}`, given: 'Casey', family: `Worker ${title}`, identifiers: [], roles: ['staff'] },
          ],
        },
      })),
    ],
    ncp: otherUniversities.map(({ id, title }) => ({
      id,
      title,
      publicUrl: abroadOrigin(port),
      logins: [loginOf(id)],
      sources: [id],
      signing: ncpKeyFiles(id),
      receivers: {
        unknown: 'ask',
        known: [{ name: 'the home universities of this town', origin: homeOrigin(port) }],
      },
    })),
    smp: takers.map(({ id, title }) => ({
      id,
      title,
      publicUrl: homeOrigin(port),
      logins: [loginOf(id)],
      staffLogin: staffLogin(id),
      target: id,
      ownInstitutions: [title],
    })),
  }
}

/** The same as the catalogue lists them. */
export const otherCatalogueEntries = (port: number, certificates: ReadonlyMap<string, string>) =>
  otherUniversities.map(({ id, title, country }) => ({
    name: title,
    countryCode: country,
    url: `${abroadOrigin(port)}/ncp/${id}`,
    institutions: [title],
    certificates: [certificates.get(id)!],
  }))
