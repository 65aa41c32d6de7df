import { storkLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { passingNameId, personNames } from '../rules/federation-rules.js'
import { transientNameId, usualResponse } from '../rules/saml-rules.js'

const docs = source('BundID, integration documents and public client code')
const clients = source('public clients of BundID')
const operator = 'ITZBund, BundID'

/** Germany: BundID. It knows no number that a university knows: names and birth date, and a pseudonym. */
export const deBundId: SamlProfile = {
  protocol: 'saml',
  id: 'de-bundid',
  kind: 'eid',
  label: 'BundID',
  countries: ['DE'],
  request: {
    ...{ binding: 'post', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'always' },
    ...{ nameIdFormat: transientNameId, authnContext: 'minimum', consumer: 'url', akdb: true },
  },
  response: usualResponse,
  levels: storkLevels,
  levelFrom: 'authn-context',
  attributes: [
    {
      names: ['urn:oid:1.3.6.1.4.1.25484.494450.3', 'urn:oid:1.2.40.0.10.2.1.1.149'],
      gives: 'identifier',
      scheme: 'saml-nameid',
      persistence: 'pairwise',
      required: true,
      known: docs,
    },
    ...personNames.slice(0, 2).map((rule) => ({ ...rule, required: true })),
    {
      names: ['urn:oid:1.2.40.0.10.2.1.1.55', 'urn:oid:1.3.6.1.5.5.7.9.1'],
      gives: 'birth-date',
      form: 'day-first-date',
      required: true,
      known: clients,
    },
    {
      names: ['urn:oid:1.2.40.0.10.2.1.1.225566'],
      gives: 'birth-family-name',
      known: clients,
    },
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [
    {
      text: 'A birth date is taken with the year first, or with the day first',
      ...confirm(`${operator}: which it is`),
    },
    { text: 'The pseudonym is another one for every service; bPK2 replaces bPK.', ...docs },
    { text: 'What is wanted is asked for in an extension of its own (version 2).', ...docs },
    { text: 'What is signed and encrypted', ...confirm(operator) },
    { text: 'One registration for several universities', ...confirm(`${operator}: whether it may be; else one each`) },
  ],
}
