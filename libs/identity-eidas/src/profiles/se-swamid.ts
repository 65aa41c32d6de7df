import { swamidLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import {
  federationLevels,
  federationRules,
  schacBirthDate,
  studentIdentifier,
  passingNameId,
} from '../rules/federation-rules.js'
import { federationRequest, usualResponse } from '../rules/saml-rules.js'

const wiki = source('SWAMID wiki, attributes')
const operator = 'Sunet, SWAMID'

/** Sweden: students and staff by the account of their university. */
export const seSwamid: SamlProfile = {
  protocol: 'saml',
  id: 'se-swamid',
  kind: 'federation',
  label: 'SWAMID',
  countries: ['SE'],
  request: federationRequest,
  response: usualResponse,
  levels: [...swamidLevels, ...federationLevels],
  levelFrom: 'assurance-claim',
  attributes: [
    {
      // A personal number, a coordination number, or the interim number of a university.
      names: ['urn:oid:1.3.6.1.4.1.2428.90.1.5', 'norEduPersonNIN'],
      gives: 'identifier',
      scheme: 'national:SE',
      identifierSource: 'institution',
      known: wiki,
    },
    {
      names: ['urn:oid:1.2.752.29.4.13', 'personalIdentityNumber'],
      gives: 'identifier',
      scheme: 'national:SE',
      identifierSource: 'institution',
      known: wiki,
    },
    ...federationRules.map((rule) =>
      rule === studentIdentifier
        ? {
            ...rule,
            issuers: ['ladok.se'],
            known: confirm(`${operator} and Ladok: who stands as issuer in identifiers of students`),
          }
        : rule,
    ),
    { ...schacBirthDate, known: wiki },
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [
    {
      text: 'National numbers go only to services registered in SWAMID itself, with the code of conduct, that require them.',
      ...wiki,
    },
    {
      text: 'AL3 counts as substantial only together with the MFA profile of REFEDS',
      ...confirm(`${operator}: how a login with AL3 is to be asked for`),
    },
  ],
}
