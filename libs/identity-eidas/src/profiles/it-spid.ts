import { spidLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { passingNameId } from '../rules/federation-rules.js'
import { transientNameId, usualResponse } from '../rules/saml-rules.js'

const rules = source('AgID, SPID technical rules')
const operator = 'AgID, SPID'

/** Italy: SPID over SAML. */
export const itSpid: SamlProfile = {
  protocol: 'saml',
  id: 'it-spid',
  kind: 'eid',
  label: 'SPID',
  countries: ['IT'],
  request: {
    ...{ binding: 'post', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'always' },
    ...{ nameIdFormat: transientNameId, authnContext: 'minimum', consumer: 'index', issuer: 'qualified' },
    attributeConsumingServiceIndex: 0,
  },
  response: { ...usualResponse, signed: 'assertion' },
  levels: spidLevels,
  levelFrom: 'authn-context',
  attributes: [
    {
      names: ['fiscalNumber'],
      gives: 'identifier',
      form: 'prefixed',
      prefix: 'TINIT-',
      scheme: 'national:IT',
      identifierSource: 'population-register',
      required: true,
      known: rules,
    },
    { names: ['familyName'], gives: 'family-name', required: true, known: rules },
    { names: ['name'], gives: 'given-name', required: true, known: rules },
    { names: ['dateOfBirth'], gives: 'birth-date', form: 'date', required: true, known: rules },
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  logout: 'redirect',
  notes: [
    { text: 'Attributes are asked for by the index of our metadata alone.', ...rules },
    { text: 'spidCode is another one at every identity provider and is not read.', ...rules },
    { text: 'The answer to a login that was called off is AuthnFailed with a number in its message.', ...rules },
    {
      text: 'Every identity provider is a login of its own in the settings',
      ...confirm(`${operator}: the registry of metadata`),
    },
    {
      text: 'The checks that AgID publishes for service providers',
      ...confirm(`${operator}: to be run before production`),
    },
  ],
}
