import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { federationLevels, federationRules, passingNameId, schacBirthDate } from '../rules/federation-rules.js'
import { federationRequest, usualResponse } from '../rules/saml-rules.js'

/** The identity provider of one university, with the attributes that federations share. */
export const plainSaml: SamlProfile = {
  protocol: 'saml',
  id: 'plain-saml',
  kind: 'student',
  label: 'University login (SAML)',
  countries: [],
  request: federationRequest,
  response: usualResponse,
  levels: federationLevels,
  levelFrom: 'assurance-claim',
  attributes: [...federationRules, schacBirthDate],
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [],
}
