import { idPortenLevels } from '@emrex-gateway/core'
import type { OidcProfile } from '@emrex-gateway/identity-oidc'
import { confirm, source } from '../rules/confidence.js'
import { pairwiseSub } from '../rules/openid-rules.js'

const docs = source('Digdir, ID-porten documentation')
const eidasClaims = confirm('Digdir, ID-porten: names of the claims about people who come over eIDAS')

/** Norway: national credentials, and foreign ones over eIDAS where the service was enabled for them. */
export const noIdPorten: OidcProfile = {
  protocol: 'oidc',
  id: 'no-id-porten',
  kind: 'eid',
  label: 'ID-porten',
  countries: ['NO'],
  scopes: ['openid', 'profile'],
  clientAuth: 'private_key_jwt',
  pushedRequests: 'when-offered',
  userinfo: 'json',
  askLevelBy: 'acr_values',
  levels: idPortenLevels,
  levelFrom: 'acr',
  // The documentation and the sources of the operator write the claims of eIDAS in four ways.
  claims: [
    {
      names: ['pid'],
      gives: 'identifier',
      scheme: 'national:NO',
      identifierSource: 'population-register',
      known: docs,
    },
    {
      names: ['eidas_identifier', 'eidas_personidentifier', 'eidas-identifier', 'eidas-personidentifier'],
      gives: 'identifier',
      form: 'eidas-person-identifier',
      receivingCountry: 'NO',
      known: eidasClaims,
    },
    {
      names: ['eidas_lastname', 'eidas-lastname', 'eidas_family_name', 'eidas-family-name'],
      gives: 'family-name',
      known: eidasClaims,
    },
    {
      names: ['eidas_firstname', 'eidas-firstname', 'eidas_given_name', 'eidas-given-name'],
      gives: 'given-name',
      known: eidasClaims,
    },
    {
      names: ['eidas_date_of_birth', 'eidas-date-of-birth', 'eidas_dateofbirth', 'eidas-dateofbirth'],
      gives: 'birth-date',
      form: 'date',
      known: eidasClaims,
    },
  ],
  subject: pairwiseSub(docs),
  idTokenAlgorithms: ['RS256'],
  needsIss: true,
  logout: 'rp-initiated',
  notes: [
    { text: 'A foreign person has a pid only if the population register knows their foreign identifier.', ...docs },
    { text: 'Norwegian people come with their number alone: no names, no birth date.', ...docs },
    { text: 'eIDAS is enabled for each service; both kinds of levels are asked for.', ...docs },
    { text: 'Country of people who come over eIDAS: read from their identifier', ...eidasClaims },
  ],
}
