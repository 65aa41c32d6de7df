import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import {
  federationLevels,
  federationRules,
  passingNameId,
  schacBirthDate,
  schacNationalId,
} from '../rules/federation-rules.js'
import { federationRequest, usualResponse } from '../rules/saml-rules.js'

const wiki = source('CSC, Haka wiki, funetEduPerson 2.5')
const operator = 'CSC, Haka'

/** Finland: students and staff by the account of their university. */
export const fiHaka: SamlProfile = {
  protocol: 'saml',
  id: 'fi-haka',
  kind: 'federation',
  label: 'Haka',
  countries: ['FI'],
  request: federationRequest,
  response: usualResponse,
  levels: federationLevels,
  levelFrom: 'assurance-claim',
  attributes: [
    {
      names: ['urn:oid:1.3.6.1.4.1.16161.1.1.27', 'funetEduPersonLearnerId'],
      gives: 'identifier',
      scheme: 'learner-id',
      identifierSource: 'institution',
      known: source('public clients of MPASSid, which shares the schema'),
    },
    { ...schacNationalId('national:FI'), known: wiki },
    ...federationRules,
    { ...schacBirthDate, known: wiki },
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [
    { text: 'The metadata is signed by a key that changed in July 2023; it is fetched daily.', ...wiki },
    {
      text: 'Home organisations may know a person by their mail alone: without an assurance the level is none.',
      ...wiki,
    },
    { text: 'Release of personal identity codes', ...confirm(`${operator} and each home organisation: legal ground`) },
  ],
}
