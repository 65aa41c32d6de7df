import { eidasLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { eidasRules } from '../rules/eidas-rules.js'
import { passingNameId } from '../rules/federation-rules.js'
import { eidasResponse, unspecifiedNameId } from '../rules/saml-rules.js'

const guide = source('Węzeł Krajowy, integration notes v1.1 and a public client')
const operator = 'COI, Węzeł Krajowy'
const rules = eidasRules({ receivingCountry: 'PL' })

/** Poland: Węzeł Krajowy, national credentials and foreign ones over eIDAS. */
export const plLoginGov: SamlProfile = {
  protocol: 'saml',
  id: 'pl-login-gov',
  kind: 'eid',
  label: 'login.gov.pl',
  countries: ['PL'],
  request: {
    ...{ binding: 'post', signature: 'ecdsa-sha256', digest: 'sha256', forceAuthn: 'always' },
    ...{ nameIdFormat: unspecifiedNameId, authnContext: 'minimum', consumer: 'none', issuer: 'entity' },
    eidas: { spType: 'public' },
    providerName: 'required',
  },
  response: { ...eidasResponse, binding: 'artifact' },
  levels: eidasLevels,
  levelFrom: 'authn-context',
  attributes: [
    ...rules,
    {
      // Polish people have their bare number in the same attribute.
      names: rules[0]!.names,
      gives: 'identifier',
      form: 'national-id',
      scheme: 'national:PL',
      identifierSource: 'population-register',
      required: true,
      known: guide,
    },
  ],
  nameId: passingNameId,
  minRsaBits: 3072,
  notes: [
    {
      text: 'The answer is an artifact that arrives by a POST of the browser and is resolved over SOAP, signed.',
      ...guide,
    },
    { text: 'ProviderName holds the value that was agreed, since v1.1.', ...guide },
    {
      text: 'ArtifactResponse and Response are signed; the assertion is encrypted (ECDH-ES) and not signed itself.',
      ...guide,
    },
    {
      text: 'ConcatKDF parameters are read in both ways; a key that is shorter than its cipher says is refused',
      ...confirm(`${operator}: whether production still sends such keys`),
    },
    { text: 'Logout exists there and is not used', ...confirm(`${operator}: binding and address`) },
  ],
}
