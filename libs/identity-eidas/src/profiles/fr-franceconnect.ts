import { franceConnectLevels } from '@emrex-gateway/core'
import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { pairwiseSub } from '../rules/openid-rules.js'

const docs = source('FranceConnect, documentation for partners')
const operator = 'DINUM, FranceConnect'

/** France: FranceConnect and FranceConnect+. Six facts about a person, and a pseudonym. */
export const frFranceConnect: OidcProfile = {
  protocol: 'oidc',
  id: 'fr-franceconnect',
  kind: 'eid',
  label: 'FranceConnect',
  countries: ['FR'],
  scopes: ['openid', 'given_name', 'family_name', 'preferred_username', 'birthdate'],
  clientAuth: 'client_secret_post',
  pushedRequests: 'never',
  userinfo: 'jwt',
  askLevelBy: 'acr_values',
  levels: franceConnectLevels,
  levelFrom: 'acr',
  claims: [
    // `family_name` is the name at birth; `preferred_username` is there where another one is used.
    { names: ['preferred_username', 'family_name'], gives: 'family-name', required: true, known: docs },
    { names: ['family_name'], gives: 'birth-family-name', known: docs },
    { names: ['given_name'], gives: 'given-name', required: true, known: docs },
    { names: ['birthdate'], gives: 'birth-date', form: 'date', required: true, known: docs },
  ],
  subject: pairwiseSub(docs),
  idTokenAlgorithms: ['RS256', 'ES256'],
  logout: 'rp-initiated',
  notes: [
    { text: 'The pseudonym is another one for every service.', ...docs },
    { text: 'The page of FranceConnect must not be shown in a frame.', ...docs },
    { text: 'Form of the user information and algorithms, and how our client proves itself', ...confirm(operator) },
    { text: 'Which bodies are admitted, and for which claims', ...confirm(operator) },
  ],
}
