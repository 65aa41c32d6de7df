import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { federationLevels } from '../rules/federation-rules.js'
import { openidFederation, openidFullName, openidNames } from '../rules/openid-rules.js'

const wiki = source('GÉANT wiki, MyAcademicID')
const operator = 'GÉANT, MyAcademicID'

/** Europe: students by the account of their university, through one proxy before eduGAIN. */
export const euMyAcademicId: OidcProfile = {
  protocol: 'oidc',
  id: 'eu-myacademicid',
  kind: 'federation',
  label: 'MyAcademicID',
  countries: [],
  scopes: ['openid', 'profile', 'schac_personal_unique_code'],
  clientAuth: 'client_secret_basic',
  pushedRequests: 'never',
  userinfo: 'json',
  levels: federationLevels,
  levelFrom: 'assurance-claim',
  claims: [...openidFederation(wiki), ...openidNames, openidFullName],
  subject: { names: ['sub'], gives: 'identifier', scheme: 'oidc-sub', persistence: 'reissuable', known: wiki },
  idTokenAlgorithms: ['RS256'],
  notes: [
    { text: 'No birth date and no national number: without a student identifier nobody is found.', ...wiki },
    { text: 'The proxy vouches for the domains of all universities; it is believed as a whole.', ...wiki },
    { text: 'Accounts for tests', ...confirm(`${operator}: how production tells and refuses them`) },
    { text: 'Scopes for home organisation, affiliation and assurance', ...confirm(operator) },
    { text: 'How our client proves itself', ...confirm(`${operator}: the registration form`) },
  ],
}
