import { eidasLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { eidasRules } from '../rules/eidas-rules.js'
import { passingNameId } from '../rules/federation-rules.js'
import { unspecifiedNameId, usualResponse } from '../rules/saml-rules.js'

const client = source('public library of Czech towns for NIA')
const operator = 'DIA, NIA'

/** Czechia: NIA. The identifier is another one for every service. */
export const czNia: SamlProfile = {
  protocol: 'saml',
  id: 'cz-nia',
  kind: 'eid',
  label: 'NIA (Identita občana)',
  countries: ['CZ'],
  request: {
    ...{ binding: 'redirect', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'always' },
    ...{ nameIdFormat: unspecifiedNameId, authnContext: 'minimum', consumer: 'url', issuer: 'entity' },
    eidas: { spType: 'public' },
  },
  response: usualResponse,
  levels: eidasLevels,
  levelFrom: 'authn-context',
  attributes: eidasRules({ receivingCountry: 'CZ', persistence: 'pairwise', known: client }),
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [
    { text: 'A pseudonym for each service: people are found by names and birth date.', ...client },
    { text: 'Algorithms, what is signed and encrypted, and logout', ...confirm(operator) },
  ],
}
