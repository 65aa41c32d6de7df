import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { federationLevels, federationRules, passingNameId } from '../rules/federation-rules.js'
import { federationRequest, usualResponse } from '../rules/saml-rules.js'

const operator = 'Srce, AAI@EduHr'
const schema = source('public clients of AAI@EduHr')

/** Croatia: students and staff by the account of their institution. */
export const hrAaiEduHr: SamlProfile = {
  protocol: 'saml',
  id: 'hr-aai-eduhr',
  kind: 'federation',
  label: 'AAI@EduHr',
  countries: ['HR'],
  request: federationRequest,
  response: usualResponse,
  levels: federationLevels,
  levelFrom: 'assurance-claim',
  attributes: [
    {
      names: ['hrEduPersonOIB'],
      gives: 'identifier',
      scheme: 'national:HR',
      identifierSource: 'institution',
      known: schema,
    },
    { names: ['hrEduPersonUniqueID'], gives: 'identifier', scheme: 'eppn', persistence: 'reissuable', known: schema },
    {
      names: ['hrEduPersonPersistentID'],
      gives: 'identifier',
      scheme: 'saml-nameid',
      persistence: 'pairwise',
      known: schema,
    },
    {
      names: ['hrEduPersonDateOfBirth'],
      gives: 'birth-date',
      form: 'date',
      known: schema,
    },
    {
      names: ['hrEduPersonHomeOrg'],
      gives: 'home-organisation',
      known: schema,
    },
    ...federationRules,
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [
    { text: 'The birth date is optional', ...confirm(`${operator}: which institutions release it`) },
    {
      text: 'Somebody with two values of sn is refused',
      ...confirm(`${operator}: whether institutions write double names as two values`),
    },
    { text: 'OIB is released by agreement only', ...confirm(`${operator}: the agreement`) },
    { text: 'Levels of assurance', ...confirm(`${operator}: which home organisations assert them`) },
  ],
}
