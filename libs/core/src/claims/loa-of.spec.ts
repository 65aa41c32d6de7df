import { bestLoaOf, loaOf } from './loa-of.js'
import * as usual from './usual-levels.js'

const tables = {
  ...{ eidas: usual.eidasLevels, norway: usual.idPortenLevels, sweden: usual.swedenConnectLevels },
  ...{ finland: usual.finnishLevels, denmark: usual.nsisLevels, netherlands: usual.digidLevels },
  ...{ germany: usual.storkLevels, belgium: usual.fasLevels, france: usual.franceConnectLevels },
  ...{ italy: usual.spidLevels, refeds: usual.refedsLevels, swamid: usual.swamidLevels },
}
const mfa = 'https://refeds.org/profile/mfa'

describe('loaOf', () => {
  it.each([
    ['eidas', 'http://eidas.europa.eu/LoA/high', 'high'],
    ['eidas', 'http://eidas.europa.eu/LoA/substantial', 'substantial'],
    ['norway', 'idporten-loa-substantial', 'substantial'],
    ['norway', 'eidas-loa-low', 'low'],
    ['sweden', 'http://id.elegnamnden.se/loa/1.0/loa3', 'substantial'],
    ['sweden', 'http://id.elegnamnden.se/loa/1.0/eidas-nf-high', 'high'],
    ['denmark', 'https://data.gov.dk/concept/core/nsis/Substantial', 'substantial'],
    ['netherlands', 'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI', 'high'],
    ['netherlands', 'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract', 'low'],
    ['germany', 'STORK-QAA-Level-4', 'high'],
    ['belgium', 'urn:be:fedict:iam:fas:Level450', 'substantial'],
    ['france', 'eidas2', 'substantial'],
    ['italy', 'https://www.spid.gov.it/SpidL3', 'high'],
  ] as const)('%s: %s is %s', (table, value, loa) => {
    expect(loaOf([value], tables[table])).toBe(loa)
  })

  it('takes the highest of several values', () => {
    const values = ['low', 'medium'].map((level) => `https://refeds.org/assurance/IAP/${level}`)
    expect(loaOf(values, usual.refedsLevels)).toBe('low')
  })

  it('counts how a person was proofed as substantial only together with a strong login', () => {
    const proofed = 'https://refeds.org/assurance/IAP/high'
    expect(loaOf([proofed], usual.refedsLevels)).toBe('low')
    expect(loaOf([proofed, mfa], usual.refedsLevels)).toBe('substantial')
    expect(loaOf([mfa], usual.refedsLevels)).toBe('none')
    const al3 = 'http://www.swamid.se/policy/assurance/al3'
    expect(loaOf([al3], usual.swamidLevels)).toBe('low')
    expect(loaOf([al3, mfa], usual.swamidLevels)).toBe('substantial')
  })

  it('gives nothing for a value that no rule names, however alike', () => {
    for (const value of ['', 'http://eidas.europa.eu/LoA/HIGH', 'http://eidas.europa.eu/LoA/high ', 'high'])
      expect(loaOf([value], usual.eidasLevels)).toBe('none')
    expect(loaOf(['http://eidas.europa.eu/NotNotified/LoA/high'], usual.eidasLevels)).toBe('none')
    expect(loaOf([], usual.eidasLevels)).toBe('none')
  })

  it.each(Object.entries(tables))('names no value of %s twice with the same condition', (_name, rules) => {
    const keys = rules.map(({ value, onlyWith }) => `${value} ${onlyWith ?? ''}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('bestLoaOf', () => {
  it('says how high a login can reach', () => {
    expect(bestLoaOf(usual.eidasLevels)).toBe('high')
    expect(bestLoaOf(usual.refedsLevels)).toBe('substantial')
    expect(bestLoaOf([])).toBe('none')
  })
})
