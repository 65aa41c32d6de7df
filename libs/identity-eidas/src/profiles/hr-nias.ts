import { eidasLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { eidasRules } from '../rules/eidas-rules.js'
import { passingNameId } from '../rules/federation-rules.js'
import { unspecifiedNameId, usualResponse } from '../rules/saml-rules.js'

const operator = 'FINA and the ministry in charge, NIAS'
const ncp = source('public code of the Croatian NCP')

/** Croatia: national credentials, and foreign ones over eIDAS. */
export const hrNias: SamlProfile = {
  protocol: 'saml',
  id: 'hr-nias',
  kind: 'eid',
  label: 'NIAS (e-Građani)',
  countries: ['HR'],
  request: {
    ...{ binding: 'post', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'always' },
    ...{ nameIdFormat: unspecifiedNameId, authnContext: 'minimum', consumer: 'url', issuer: 'entity' },
    eidas: { spType: 'public' },
  },
  response: usualResponse,
  levels: eidasLevels.map((level) => ({ ...level, known: confirm(`${operator}: that levels come as those of eIDAS`) })),
  levelFrom: 'authn-context',
  attributes: [
    { names: ['oib'], gives: 'identifier', scheme: 'national:HR', identifierSource: 'population-register', known: ncp },
    ...eidasRules({
      receivingCountry: 'HR',
      required: false,
      also: { family: ['prezime'], given: ['ime'] },
      known: confirm(`${operator}: names of the attributes, for national credentials above all`),
    }),
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  logout: 'post',
  notes: [
    { text: 'Request by POST, answer by POST, logout by POST.', ...ncp },
    { text: 'People who came over eIDAS keep no session at NIAS: they are logged out here only.', ...ncp },
    {
      text: 'NIAS says a level from 2 to 4 in an attribute of its own; it is not read',
      ...confirm(`${operator}: its name, and how its values relate to eIDAS`),
    },
    { text: 'What is signed and encrypted', ...confirm(operator) },
    { text: 'One registration for several universities', ...confirm(`${operator}: whether it may be; else one each`) },
  ],
}
