import { programme, course, loi, content, set, issuer } from './clean-parts.js'
import type { RulePair } from './rule-pair.js'

/** Of the rules about practice. */
export const practicePairs: RulePair[] = [
  { rule: 'P-CASE', at: '/credit[1]/scheme', breaks: set(loi, { credit: [{ scheme: 'ECTS', value: '7.5' }] }) },
  {
    rule: 'P-CASE',
    at: 'issuer/identifier[1]/@type',
    breaks: set(issuer, { identifier: [{ type: 'SCHAC', value: 'uni.example' }] }),
  },
  {
    rule: 'P-CASE',
    at: 'learningOpportunitySpecification[1]/type',
    breaks: set(programme, { type: 'Degree programme' }),
  },
  {
    rule: 'P-LANG-DUP',
    at: '/title[2]',
    breaks: (elmo) => course(elmo).title.push({ lang: 'EN', value: 'Again' }),
    keeps: (elmo) => course(elmo).title.push({ lang: 'nb', value: 'Eksempler' }),
  },
  {
    rule: 'P-LANG-MISSING',
    at: '/title[2]',
    breaks: set(course, { title: [{ value: 'One' }, { value: 'Two' }] }),
    keeps: set(course, { title: [{ value: 'One' }, { lang: 'en', value: 'Two' }] }),
  },
  {
    rule: 'P-LANG-MISSING',
    at: '/description[2]',
    breaks: set(course, { description: [{ value: 'One' }, { value: 'Two' }] }),
    // Credits and levels are no texts, and take no language.
    keeps: set(loi, {
      credit: [
        { scheme: 'ects', value: '7.5' },
        { scheme: 'local', value: '4' },
      ],
      level: [
        { type: 'EQF', value: '6' },
        { type: 'local', value: '1' },
      ],
    }),
  },
  {
    rule: 'P-NEG-CREDIT',
    at: '/credit[1]/value',
    breaks: set(loi, { credit: [{ scheme: 'ects', value: '-1' }] }),
    keeps: set(loi, { credit: [{ scheme: 'ects', value: '0' }] }),
  },
  { rule: 'P-NEG-CREDIT', at: '/credit[1]/value', breaks: set(loi, { credit: [{ scheme: 'ects', value: '401' }] }) },
  {
    rule: 'P-RESULT-MULTI',
    at: '/resultLabel',
    breaks: set(loi, { resultLabel: '2 3,5 4' }),
    keeps: set(loi, { resultLabel: 'B (very good)' }),
  },
  {
    rule: 'P-GRADE-IN-CREDIT',
    at: '/credit[1]',
    breaks: (elmo) => (programme(elmo).instance.credit = [{ scheme: 'ects', value: '3.5' }]),
    keeps: (elmo) => (programme(elmo).instance.credit = [{ scheme: 'ects', value: '180' }]),
  },
  {
    rule: 'P-GRADE-IN-CREDIT',
    at: '/credit[2]',
    breaks: (elmo) => loi(elmo).credit?.push({ scheme: 'a-f', value: '12' }),
    keeps: (elmo) => {
      elmo.reports[0]?.gradingScheme?.push({ localId: 'ects', description: [{ lang: 'en', value: 'A to F' }] })
    },
  },
  { rule: 'P-LEVEL-NOVALUE', at: '/level[1]', breaks: set(loi, { level: [{ type: 'EQF' }] }) },
  {
    rule: 'P-PAST-STATUS',
    at: '/resultLabel',
    breaks: set(loi, { status: undefined, resultLabel: '-3' }),
    keeps: set(loi, { status: 'failed', resultLabel: '-3' }),
  },
  { rule: 'P-DATA-FILLER', at: '/title[1]', breaks: set(course, { title: [{ lang: 'en', value: 'TODO' }] }) },
  {
    rule: 'P-DATA-FILLER',
    at: '/title[1]',
    breaks: set(course, { title: [{ lang: 'en', value: 'N/A' }] }),
    keeps: (elmo) => {
      Object.assign(elmo.learner, { citizenship: 'NA', familyName: 'Na' })
      Object.assign(elmo.reports[0]!.issuer, { country: 'NA' })
    },
  },
  {
    rule: 'P-DATA-FILLER',
    at: '/content[1]',
    breaks: set(content, { value: 'data:application/pdf;base64,JVBERi0x...' }),
  },
  {
    rule: 'P-DATA-FILLER',
    at: '/credit[1]/level',
    breaks: set(loi, { credit: [{ scheme: 'ects', level: '-', value: '7.5' }] }),
  },
]
