import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import {
  federationLevels,
  federationRules,
  pairwiseNameId,
  schacBirthDate,
  schacNationalId,
} from '../rules/federation-rules.js'
import { federationRequest, persistentNameId, usualResponse } from '../rules/saml-rules.js'

const list = source('WAYF attribute list')
const operator = 'WAYF'

/** Denmark: students and staff by the account of their institution, through the hub of WAYF. */
export const dkWayf: SamlProfile = {
  protocol: 'saml',
  id: 'dk-wayf',
  kind: 'federation',
  label: 'WAYF',
  countries: ['DK'],
  request: { ...federationRequest, nameIdFormat: persistentNameId },
  response: usualResponse,
  levels: federationLevels,
  levelFrom: 'assurance-claim',
  attributes: [
    { ...schacNationalId('national:DK'), known: list },
    ...federationRules,
    { ...schacBirthDate, known: list },
  ],
  nameId: pairwiseNameId,
  minRsaBits: 2048,
  notes: [
    { text: 'CPR numbers go to those alone who may process them for a public body.', ...list },
    { text: 'The hub asks which institution; a service may name one in advance, which is not done.', ...list },
    { text: 'Format of NameID, and names of attributes: OIDs or short ones', ...confirm(operator) },
    { text: 'Levels of assurance', ...confirm(`${operator}: which institutions assert them, in which values`) },
  ],
}
