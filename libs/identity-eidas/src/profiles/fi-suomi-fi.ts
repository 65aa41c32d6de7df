import { finnishLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { eidasRules } from '../rules/eidas-rules.js'
import { passingNameId } from '../rules/federation-rules.js'
import { transientNameId, usualResponse } from '../rules/saml-rules.js'

const operator = confirm('DVV, Suomi.fi identification')
const clients = source('public client of Suomi.fi identification')

/** Finland: national credentials, and foreign ones over eIDAS; for bodies with a mandate in law. */
export const fiSuomiFi: SamlProfile = {
  protocol: 'saml',
  id: 'fi-suomi-fi',
  kind: 'eid',
  label: 'Suomi.fi',
  countries: ['FI'],
  request: {
    ...{ binding: 'redirect', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'always' },
    ...{ nameIdFormat: transientNameId, authnContext: 'minimum', consumer: 'url' },
  },
  response: usualResponse,
  levels: finnishLevels,
  levelFrom: 'authn-context',
  attributes: [
    {
      names: ['urn:oid:1.2.246.21', 'nationalIdentificationNumber'],
      gives: 'identifier',
      scheme: 'national:FI',
      identifierSource: 'population-register',
      known: clients,
    },
    ...eidasRules({
      receivingCountry: 'FI',
      required: false,
      also: { family: ['urn:oid:2.5.4.4', 'sn'], given: ['urn:oid:2.5.4.42', 'givenName', 'firstName'] },
      known: clients,
    }),
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [
    {
      text: 'Mandate in law, protocol, attributes and levels: this profile was not tried with the operator',
      ...operator,
    },
    { text: 'Identifiers of foreign people, and whether a register match adds a number', ...operator },
  ],
}
