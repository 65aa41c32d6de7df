import { report, programme, module, course, loi, set, learner, issuer, whole } from './clean-parts.js'
import type { RulePair } from './rule-pair.js'

/** Of the rules about document, learner and institution. */
export const headerPairs: RulePair[] = [
  {
    rule: 'DOC-PLAINTEXT',
    at: '/title[1]',
    breaks: set(course, { title: [{ lang: 'en', value: 'A <b>bold</b> one' }] }),
    keeps: set(course, { title: [{ lang: 'en', value: 'Proofs of a < b > c' }] }),
  },
  { rule: 'DATE-TZ', at: '/generatedDate', breaks: set(whole, { generatedDate: '2026-03-02T09:30:00' }) },
  { rule: 'DATE-TZ', at: 'report[1]/issueDate', breaks: set(report, { issueDate: '2026-03-02T07:00:00' }) },
  {
    rule: 'DATE-ORDER',
    at: 'report[1]/issueDate',
    breaks: set(report, { issueDate: '2026-03-02T08:31:00Z' }),
    keeps: set(report, { issueDate: '2026-03-02T08:30:00Z' }),
  },
  {
    rule: 'RPT-ONE-ISSUER',
    at: 'issuer/identifier',
    breaks: (elmo) => issuer(elmo).identifier.push({ type: 'schac', value: 'other.example' }),
    keeps: (elmo) => issuer(elmo).identifier.push({ type: 'erasmus', value: 'N OSLO01' }),
  },
  { rule: 'RPT-EMPTY-OK', at: 'report[1]', breaks: set(report, { learningOpportunitySpecification: undefined }) },
  {
    rule: 'RPT-ONLY-PASSED',
    at: 'hasPart[1]/learningOpportunitySpecification',
    release: '1.1.0',
    breaks: set(loi, { status: undefined, resultLabel: 'Ikke bestått' }),
    keeps: (elmo) => [programme, module].forEach((of) => delete of(elmo).instance.status),
  },
  {
    rule: 'LRN-CITIZENSHIP-OMIT',
    at: 'learner/citizenship',
    breaks: set(learner, { citizenship: '' }),
    keeps: set(learner, { citizenship: undefined }),
  },
  { rule: 'LRN-NAMES', at: 'learner/familyName', breaks: set(learner, { familyName: '' }) },
  {
    rule: 'LRN-IDS',
    at: '/learner',
    breaks: set(learner, { identifier: [{ type: 'studentIdentifier', value: '1' }] }),
  },
  {
    rule: 'LRN-NATIONAL-ID',
    at: 'identifier[1]/@type',
    breaks: set(learner, { identifier: [{ type: 'SSN', value: '05068907693' }] }),
  },
  {
    rule: 'LRN-NATIONAL-ID',
    at: 'learner/identifier',
    breaks: (elmo) => learner(elmo).identifier?.push({ type: 'nationalIdentifier', value: '1' }),
  },
  { rule: 'LRN-BDAY', at: '/learner', breaks: set(learner, { bday: undefined }) },
  { rule: 'LRN-BDAY-TZ', at: 'learner/bday', breaks: set(learner, { bday: '1989-06-05+02:00' }) },
  { rule: 'LRN-BDAY-BOTH', at: '/learner', release: '2.1.1', breaks: set(learner, { bday: undefined }) },
  { rule: 'LRN-BDAY-BOTH', at: '/bday', release: '2.1.1', breaks: set(learner, { bday: '1989-06-06' }) },
  {
    rule: 'LRN-BIRTH-OMIT',
    at: '/placeOfBirth',
    breaks: set(learner, { placeOfBirth: ' ' }),
    keeps: set(learner, { placeOfBirth: undefined }),
  },
  {
    rule: 'LRN-ALTNAME',
    at: '/alternativeName',
    release: '2.1.1',
    breaks: set(learner, { alternativeName: { value: 'Anna Testsson' } }),
    keeps: set(learner, { alternativeName: { value: 'Άννα Τεστ' } }),
  },
  {
    rule: 'LRN-ADDRESS',
    at: '/currentAddress',
    breaks: set(learner, { currentAddress: { addressLine: ['Example Street 1'], country: 'NO' } }),
  },
  {
    rule: 'LRN-ADDRESS',
    at: '/addressLine[2]',
    breaks: (elmo) => learner(elmo).currentAddress?.addressLine?.push('0001 Example Town'),
  },
  {
    rule: 'ISS-COUNTRY-OMIT',
    at: 'issuer/country',
    breaks: set(issuer, { country: '' }),
    keeps: set(issuer, { country: undefined }),
  },
  {
    rule: 'ISS-COUNTRY-TYPE',
    at: 'issuer/country',
    release: '2.1.1',
    breaks: set(issuer, { country: 'Norway' }),
    keeps: set(issuer, { countryType: 'URI', country: 'http://publications.europa.eu/resource/authority/country/NOR' }),
  },
  {
    rule: 'ISS-COUNTRY-TYPE',
    at: 'learner/citizenship',
    release: '2.1.1',
    breaks: set(learner, { citizenshipType: 'iso3' }),
  },
  { rule: 'ISS-IDS', at: '/issuer', breaks: set(issuer, { identifier: [{ type: 'erasmus', value: 'N OSLO01' }] }) },
  {
    rule: 'ISS-SCHAC-FORM',
    at: 'issuer/identifier[1]',
    breaks: set(issuer, { identifier: [{ type: 'schac', value: 'urn:schac:uni.example' }] }),
  },
  {
    rule: 'ISS-TITLE-LANG',
    at: '/title[1]',
    breaks: set(issuer, { title: [{ value: 'Eksempel' }, { lang: 'en', value: 'Example' }] }),
  },
  { rule: 'ISS-TITLE-LANG', at: '/issuer', breaks: set(issuer, { title: [{ lang: 'nb', value: 'Eksempel' }] }) },
  { rule: 'ISS-URL', at: '/url', breaks: set(issuer, { url: 'www.uni.example' }) },
]
