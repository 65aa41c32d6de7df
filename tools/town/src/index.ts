export {
  acceptButton,
  carryStory,
  carryToReview,
  goToLoginAbroad,
  loginName,
  ncpButton,
  waitForImport,
} from './carry-story.js'
export { startCatalogueServer, writeCatalogue, type CatalogueEntry, type CatalogueServer } from './catalogue-server.js'
export { demoLoginPeople, type DemoLoginPerson } from './demo-login-people.js'
export { firstTransfer, main } from './main.js'
export { makeUniversityDatabase } from './make-university-database.js'
export { otherHomeLoginLabel, populationLoginLabel } from './other-systems/other-entries.js'
export { otherUniversities, otherUniversity, type OtherUniversityId } from './other-systems/other-universities.js'
export { usosLoginLabel, type OtherSystems } from './other-systems/start-other-systems.js'
export { oidcLoginPeople, oidcLoginSettings } from './oidc-login.js'
export { addressAt, esiOf, staff, students, type TownPerson } from './people.js'
export { oidcLoginLabel, samlLoginLabel } from './real-logins.js'
export { samlLoginPeople, samlLoginSettings } from './saml-login.js'
export { prepareTown, type PreparedTown, type TownPlan } from './prepare-town.js'
export { startTown, type Town, type TownOptions } from './start-town.js'
export { stories, type Story } from './stories.js'
export {
  catalogueEntries,
  homeLoginLabel,
  nationalLoginLabel,
  ncpIds,
  ncpTitle,
  townEntries,
  townSettings,
  universitiesOf,
} from './town-settings.js'
export { universities, universityOf, type NcpId, type University, type UniversityId } from './universities.js'
