import { nsisLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { passingNameId } from '../rules/federation-rules.js'
import { persistentNameId, usualResponse } from '../rules/saml-rules.js'

const operator = confirm('Digitaliseringsstyrelsen, NemLog-in')
const clients = source('public clients of OIOSAML 3')
const eid = 'https://data.gov.dk/model/core/eid/'

/** Denmark: MitID through NemLog-in. */
export const dkMitid: SamlProfile = {
  protocol: 'saml',
  id: 'dk-mitid',
  kind: 'eid',
  label: 'MitID (NemLog-in)',
  countries: ['DK'],
  request: {
    ...{ binding: 'redirect', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'as-ordered' },
    ...{ nameIdFormat: persistentNameId, authnContext: 'minimum', consumer: 'url' },
  },
  response: { ...usualResponse, signed: 'assertion', encrypted: 'required' },
  levels: nsisLevels,
  levelFrom: 'assurance-claim',
  attributes: [
    {
      names: [`${eid}cprNumber`],
      gives: 'identifier',
      scheme: 'national:DK',
      identifierSource: 'population-register',
      known: clients,
    },
    { names: [`${eid}lastName`], gives: 'family-name', known: clients },
    { names: [`${eid}firstName`], gives: 'given-name', known: clients },
    { names: [`${eid}dateOfBirth`], gives: 'birth-date', form: 'day-first-date', known: clients },
    { names: ['https://data.gov.dk/concept/core/nsis/loa'], gives: 'assurance', known: clients },
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  logout: 'redirect',
  notes: [
    { text: 'The day stands first in a birth date.', ...clients },
    {
      text: 'Company agreement, OCES certificates, registration: this profile was not tried with the operator',
      ...operator,
    },
    { text: 'Attributes of people who come over eIDAS are not read', ...operator },
  ],
}
