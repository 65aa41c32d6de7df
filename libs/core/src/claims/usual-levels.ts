import type { Loa } from '../identity.js'
import type { Confidence, LoaRule } from './claim-rules.js'

const levels = (known: Confidence, table: readonly (readonly [string, Loa | 'none'])[]): readonly LoaRule[] =>
  table.map(([value, loa]) => ({ value, loa, known }))

const source = (text: string): Confidence => ({ source: text })
const confirm = (text: string): Confidence => ({ confirm: text })

/** Levels of notified schemes, as eIDAS nodes and most national connectors write them. */
export const eidasLevels = levels(source('eIDAS SAML Message Format, levels of assurance'), [
  ['http://eidas.europa.eu/LoA/low', 'low'],
  ['http://eidas.europa.eu/LoA/substantial', 'substantial'],
  ['http://eidas.europa.eu/LoA/high', 'high'],
])

/** Norway's ID-porten: its own logins, and those that came over eIDAS. */
export const idPortenLevels = levels(source('Digdir, ID-porten documentation'), [
  ['idporten-loa-substantial', 'substantial'],
  ['idporten-loa-high', 'high'],
  ['eidas-loa-low', 'low'],
  ['eidas-loa-substantial', 'substantial'],
  ['eidas-loa-high', 'high'],
])

const swedish = 'http://id.elegnamnden.se/loa/1.0/'

/** Swedish eIDs and eIDAS through Sweden Connect. `nf`: notified schemes only. */
export const swedenConnectLevels = levels(source('Sweden Connect, Deployment Profile 1.8'), [
  [`${swedish}loa2`, 'low'],
  [`${swedish}loa3`, 'substantial'],
  [`${swedish}loa4`, 'high'],
  [`${swedish}eidas-low`, 'low'],
  [`${swedish}eidas-sub`, 'substantial'],
  [`${swedish}eidas-high`, 'high'],
  [`${swedish}eidas-nf-low`, 'low'],
  [`${swedish}eidas-nf-sub`, 'substantial'],
  [`${swedish}eidas-nf-high`, 'high'],
])

export const finnishLevels = levels(confirm('DVV, Suomi.fi identification'), [
  ['http://ftn.ficora.fi/2017/loa2', 'substantial'],
  ['http://ftn.ficora.fi/2017/loa3', 'high'],
])

const nsis = 'https://data.gov.dk/concept/core/nsis/'

/** Denmark, as an address and as a bare word. */
export const nsisLevels = levels(confirm('Digitaliseringsstyrelsen, OIOSAML 3: how levels are written'), [
  [`${nsis}Low`, 'low'],
  [`${nsis}Substantial`, 'substantial'],
  [`${nsis}High`, 'high'],
  ['Low', 'low'],
  ['Substantial', 'substantial'],
  ['High', 'high'],
])

const saml = 'urn:oasis:names:tc:SAML:2.0:ac:classes:'

export const digidLevels = levels(confirm('Logius, DigiD: levels in force for the service'), [
  [`${saml}PasswordProtectedTransport`, 'low'],
  [`${saml}MobileTwoFactorContract`, 'low'],
  [`${saml}Smartcard`, 'substantial'],
  [`${saml}SmartcardPKI`, 'high'],
])

export const storkLevels = levels(source('public clients of BundID'), [
  ['STORK-QAA-Level-1', 'none'],
  ['STORK-QAA-Level-2', 'low'],
  ['STORK-QAA-Level-3', 'substantial'],
  ['STORK-QAA-Level-4', 'high'],
])

export const fasLevels = levels(confirm('BOSA, Federal Authentication Service: levels and their numbers'), [
  ['urn:be:fedict:iam:fas:Level100', 'none'],
  ['urn:be:fedict:iam:fas:Level200', 'low'],
  ['urn:be:fedict:iam:fas:Level300', 'low'],
  ['urn:be:fedict:iam:fas:Level400', 'substantial'],
  ['urn:be:fedict:iam:fas:Level450', 'substantial'],
  ['urn:be:fedict:iam:fas:Level500', 'high'],
])

export const franceConnectLevels = levels(source('FranceConnect, documentation for partners'), [
  ['eidas1', 'low'],
  ['eidas2', 'substantial'],
  ['eidas3', 'high'],
])

export const spidLevels = levels(source('AgID, SPID technical rules'), [
  ['https://www.spid.gov.it/SpidL1', 'low'],
  ['https://www.spid.gov.it/SpidL2', 'substantial'],
  ['https://www.spid.gov.it/SpidL3', 'high'],
])

/** A login in two steps, as the context of the login says it. */
const refedsMfa = 'https://refeds.org/profile/mfa'
const refeds = source('REFEDS Assurance Framework, REFEDS MFA Profile')

/** REFEDS assurance: `IAP/high` says how a person was proofed, so it is substantial only together with MFA. */
export const refedsLevels: readonly LoaRule[] = [
  ...levels(refeds, [
    ['https://refeds.org/assurance/IAP/low', 'none'],
    ['https://refeds.org/assurance/IAP/medium', 'low'],
    ['https://refeds.org/assurance/IAP/high', 'low'],
  ]),
  { value: 'https://refeds.org/assurance/IAP/high', loa: 'substantial', onlyWith: refedsMfa, known: refeds },
]

const swamid = source('SWAMID, identity assurance profiles')

/** SWAMID's own profiles. AL3 asks for a strong login too, which the context of the login must show. */
export const swamidLevels: readonly LoaRule[] = [
  ...levels(swamid, [
    ['http://www.swamid.se/policy/assurance/al1', 'none'],
    ['http://www.swamid.se/policy/assurance/al2', 'low'],
    ['http://www.swamid.se/policy/assurance/al3', 'low'],
  ]),
  { value: 'http://www.swamid.se/policy/assurance/al3', loa: 'substantial', onlyWith: refedsMfa, known: swamid },
]
