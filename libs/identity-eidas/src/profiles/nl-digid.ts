import { digidLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { usualResponse } from '../rules/saml-rules.js'

const docs = source('Logius, DigiD SAML documentation')
const operator = 'Logius, DigiD'

/** Netherlands: DigiD. It says the number of a person, and nothing else. */
export const nlDigid: SamlProfile = {
  protocol: 'saml',
  id: 'nl-digid',
  kind: 'eid',
  label: 'DigiD',
  countries: ['NL'],
  request: {
    ...{ binding: 'post', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'as-ordered' },
    ...{ authnContext: 'minimum', consumer: 'index' },
  },
  response: { ...usualResponse, binding: 'artifact', signed: 'assertion' },
  levels: digidLevels,
  levelFrom: 'authn-context',
  attributes: [],
  // s00000001 is the number of old, which may be somebody else's now.
  nameId: {
    names: ['NameID'],
    gives: 'identifier',
    form: 'prefixed',
    prefix: 's00000000:',
    scheme: 'national:NL',
    identifierSource: 'population-register',
    required: true,
    known: docs,
  },
  minRsaBits: 2048,
  notes: [
    { text: 'The artifact is resolved over TLS with a client certificate of PKIoverheid.', ...docs },
    { text: 'A login that was called off comes as AuthnFailed.', ...docs },
    { text: 'The number may be used where a law says so', ...confirm(`${operator}: legal ground`) },
    {
      text: 'The interface that follows it encrypts identifiers, which is not read',
      ...confirm(`${operator}: which interface new services get`),
    },
  ],
}
