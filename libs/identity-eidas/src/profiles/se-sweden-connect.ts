import { type ClaimRule, type PersonIdentifier, swedenConnectLevels } from '@emrex-gateway/core'
import type { SamlProfile } from '@emrex-gateway/identity-saml'
import { confirm, source } from '../rules/confidence.js'
import { eidasRules } from '../rules/eidas-rules.js'
import { personNames, passingNameId } from '../rules/federation-rules.js'
import { persistentNameId, usualResponse } from '../rules/saml-rules.js'

const profile = source('Sweden Connect, Deployment Profile 1.8')
const attributes = source('Sweden Connect, Attribute Specification 1.8')
const operator = 'Digg, Sweden Connect'
const swedish = 'urn:oid:1.2.752.201.3.'

/**
 * How a number of a foreign person was bound to their eID, where that is more than an automatic match of names and birth
 * date: `level/basic` and its processes are not believed.
 */
const believedBindings = [
  'level/enhanced',
  'level/verified',
  'process/nordicid',
  'process/swedish-eid',
  'process/iddoc-scanning',
].map((binding) => `http://id.swedenconnect.se/id-binding/${binding}`)

/** How long a provisional identifier lasts is said beside it: A is as good as a number, C is not to be relied on. */
const prid = (letter: string, persistence: PersonIdentifier['persistence']): ClaimRule => ({
  names: [`${swedish}4`, 'prid'],
  gives: 'identifier',
  scheme: 'prid',
  persistence,
  onlyWhen: { name: `${swedish}5`, values: [letter] },
  known: attributes,
})

/** Sweden: Swedish eIDs, and foreign ones through the Swedish eIDAS connector. */
export const seSwedenConnect: SamlProfile = {
  protocol: 'saml',
  id: 'se-sweden-connect',
  kind: 'eid',
  label: 'Sweden Connect',
  countries: ['SE'],
  request: {
    ...{ binding: 'redirect', signature: 'rsa-sha256', digest: 'sha256', forceAuthn: 'as-ordered' },
    ...{ nameIdFormat: persistentNameId, authnContext: 'exact', consumer: 'url' },
  },
  response: {
    ...usualResponse,
    signed: 'response',
    encrypted: 'required',
    relax: {
      aesCbc: { reason: 'Sweden Connect demands that AES-CBC is supported; our metadata asks for GCM' },
      oaepSha1: { reason: 'Sweden Connect demands that rsa-oaep-mgf1p is supported' },
    },
  },
  levels: swedenConnectLevels,
  levelFrom: 'authn-context',
  attributes: [
    {
      names: ['urn:oid:1.2.752.29.4.13', 'personalIdentityNumber'],
      gives: 'identifier',
      scheme: 'national:SE',
      identifierSource: 'population-register',
      known: attributes,
    },
    {
      names: [`${swedish}16`, 'mappedPersonalIdentityNumber'],
      gives: 'identifier',
      scheme: 'national:SE',
      identifierSource: 'population-register',
      onlyWhen: { name: `${swedish}6`, values: believedBindings },
      known: confirm(`${operator}: whether a binding is named by its level or its process, and which are in use`),
    },
    prid('A', 'lifelong'),
    prid('B', 'reissuable'),
    prid('C', 'session'),
    {
      ...eidasRules({ receivingCountry: 'SE', required: false })[0]!,
      names: [`${swedish}7`, 'eidasPersonIdentifier'],
      known: attributes,
    },
    ...personNames,
    { names: ['urn:oid:1.3.6.1.5.5.7.9.1', 'dateOfBirth'], gives: 'birth-date', form: 'date', known: attributes },
    {
      names: [`${swedish}8`, 'birthName'],
      gives: 'birth-full-name',
      known: confirm(`${operator}: that it holds all names at birth`),
    },
    { names: ['urn:oid:2.5.4.6', 'c'], gives: 'country', known: attributes },
  ],
  nameId: passingNameId,
  minRsaBits: 2048,
  notes: [
    { text: 'The Response is signed and the assertion encrypted; our metadata names GCM as what we want.', ...profile },
    { text: 'Levels are asked for exactly; every level that is high enough is to be listed.', ...profile },
    { text: 'Keys of the metadata count though the certificate around them has run out.', ...profile },
    {
      text: 'Service entity categories of our metadata, per level and for eIDAS (eidas-naturalperson)',
      ...confirm(`${operator}: the categories of the service`),
    },
  ],
}
