import {
  first,
  report,
  recognition,
  transcript,
  content,
  supplement,
  subsection,
  set,
  whole,
  b64,
} from './clean-parts.js'
import type { RulePair } from './rule-pair.js'

/** Of the rules about attachments, supplement and recognition. */
export const attachmentPairs: RulePair[] = [
  {
    rule: 'ATT-REQUIRED',
    at: '/elmo',
    breaks: (elmo) => {
      delete elmo.attachments
      delete report(elmo).attachment
    },
  },
  { rule: 'ATT-PDF', at: '/content[1]', breaks: set(content, { value: 'data:image/png;base64,iVBORw0KGgo=' }) },
  {
    rule: 'ATT-SCOPE',
    at: '/elmo/attachment[2]/type',
    breaks: (elmo) => elmo.attachments?.push({ ...transcript(elmo), type: 'Diploma' }),
    keeps: (elmo) => report(elmo).attachment?.push({ ...transcript(elmo), type: 'Diploma' }),
  },
  {
    rule: 'ATT-EMREX-PLACE',
    at: 'report[1]/attachment[1]/type',
    breaks: set(transcript, { type: 'EMREX transcript' }),
  },
  {
    rule: 'ATT-EMREX-PLACE',
    at: '/elmo/attachment[1]/type',
    breaks: (elmo) => (first(elmo.attachments).type = 'Transcript of Records'),
  },
  { rule: 'ATT-TYPE', at: '/attachment[1]', breaks: set(transcript, { type: undefined }) },
  { rule: 'ATT-TYPE-UNKNOWN', at: '/attachment[1]/type', breaks: set(transcript, { type: 'Certificate' }) },
  { rule: 'ATT-TITLE', at: '/attachment[1]', breaks: set(transcript, { title: undefined }) },
  {
    rule: 'ATT-DESC-REDUNDANT',
    at: '/description[1]',
    breaks: set(transcript, { description: [{ value: 'paper att-1' }] }),
    keeps: set(transcript, { description: [{ value: 'As the registrar has it' }] }),
  },
  { rule: 'ATT-DATA-URI', at: '/content[1]', breaks: set(content, { value: 'JVBERi0xLjQKJSVFT0YK' }) },
  {
    rule: 'ATT-DATA-URI',
    at: '/content[1]',
    breaks: set(content, { value: 'data:application/pdf;base64,JVBERi0x…' }),
    keeps: set(content, { value: 'data:application/pdf;base64,JVBERi0xLjQK JSVFT0Y=' }),
  },
  {
    rule: 'ATT-LANGS',
    at: '/content[2]',
    breaks: (elmo) => transcript(elmo).content?.push(content(elmo)),
    keeps: (elmo) => {
      content(elmo).lang = 'en'
      transcript(elmo).content?.push({ ...content(elmo), lang: 'nb' })
    },
  },
  {
    rule: 'ATT-ID-INTERNAL',
    at: '/identifier[1]',
    breaks: (elmo) => (first(transcript(elmo).identifier).type = 'uuid'),
  },
  {
    rule: 'ATT-ID-INTERNAL',
    at: 'report[1]/attachment[1]/identifier[1]',
    breaks: (elmo) => (first(first(elmo.attachments).identifier).value = 'att-1'),
  },
  {
    rule: 'ATT-LIGHT',
    at: '/content[1]',
    breaks: set(content, { value: `data:application/pdf;base64,JVBERi0x${b64(2.1 * 1024 * 1024)}` }),
    keeps: set(content, { value: `data:application/pdf;base64,JVBERi0x${b64(1.9 * 1024 * 1024)}` }),
  },
  {
    rule: 'ATT-MIME-CHECK',
    at: '/content[1]',
    breaks: set(content, { value: 'data:application/pdf;base64,PGh0bWw+' }),
  },
  {
    rule: 'DS-VERSION',
    at: '/version',
    breaks: set(supplement, { version: '2.0' }),
    keeps: set(supplement, { version: '' }),
  },
  { rule: 'DS-TITLES', at: '/section[1]/section[1]/@number', breaks: set(subsection, { number: '2.1' }) },
  {
    rule: 'DS-TITLES',
    at: '/section[1]/@number',
    breaks: (elmo) => {
      Object.assign(first(supplement(elmo).section), { number: '9', section: [{ ...subsection(elmo), number: '9.1' }] })
    },
  },
  {
    rule: 'DS-CONTENT-TYPE',
    at: '/content/@type',
    breaks: (elmo) => (subsection(elmo).content = { type: 'html', value: 'x' }),
    keeps: (elmo) => (subsection(elmo).content = { type: 'text/html; charset=utf-8', value: 'x' }),
  },
  { rule: 'DS-CONTENT-EMPTY', at: '/section[1]/section[1]', breaks: set(subsection, { content: undefined }) },
  { rule: 'DS-LANG', at: '/diplomaSupplement', breaks: set(supplement, { lang: undefined }) },
  { rule: 'GRP-SORT', at: '/groupType[1]', breaks: (elmo) => delete elmo.groups?.[0]?.group?.[0]?.sortingKey },
  {
    rule: 'EXT-AVOID',
    at: '/elmo/extension',
    breaks: set(whole, { extension: ['<x:a xmlns:x="urn:example:x"/>'] }),
    keeps: set(whole, { extension: [] }),
  },
  {
    rule: 'REC-MAP-REF',
    at: '/recognitionMapping[1]/mapping',
    release: '2.1.1',
    breaks: set(recognition, { recognitionMapping: [{ fromMapping: [['F2']], toMapping: [['R1']] }] }),
  },
  {
    rule: 'REC-MAP-REF',
    at: '/recognitionMapping[1]/mapping',
    release: '2.0.0',
    breaks: set(recognition, { recognitionMapping: [{ fromMapping: [['F1']], toMapping: [['F1']] }] }),
  },
  {
    rule: 'REC-STATUS',
    at: '/resultOfRecognition[1]/status',
    release: '2.1.1',
    breaks: set(recognition, { status: 'Negative' }),
    keeps: set(recognition, { status: 'Negative', recognitionResult: undefined, recognitionMapping: undefined }),
  },
]
