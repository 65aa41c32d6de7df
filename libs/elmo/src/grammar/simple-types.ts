import { countryCodes } from './country-codes.js'
import { isIsoDate } from './is-iso-date.js'
import { isUri } from './is-uri.js'
import type { ReleaseRange } from './releases.js'

/** A type of text. */
export interface SimpleType {
  /** What a reader does with white space before anything else: collapse it like `xs:token`, or keep it like `xs:string`. */
  readonly whiteSpace: 'collapse' | 'keep'
  /** What the text must be, in plain words. */
  readonly words: string
  /** The only values allowed, when there are but a few. */
  readonly values?: readonly string[]
  /** The releases that have a value, where not all do. */
  readonly valuesIn?: Readonly<Record<string, ReleaseRange>>
  readonly isValid?: (text: string) => boolean
  /** The releases that check the text at all, where not all do; the others take any. */
  readonly checkedIn?: ReleaseRange
}

const text = (words: string, isValid?: SimpleType['isValid']): SimpleType => ({
  whiteSpace: 'collapse',
  words,
  isValid,
})
const one = (...values: string[]): SimpleType => ({
  whiteSpace: 'collapse',
  words: `one of: ${values.join(', ')}`,
  values,
})
const matches = (pattern: RegExp) => (value: string) => pattern.test(value)

/** Blanks may stand anywhere; the bits that the last character leaves over are zero. Spec: XML Schema 1.0 part 2, 3.2.16. */
function isBase64(value: string): boolean {
  const packed = value.includes(' ') ? value.replaceAll(' ', '') : value
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*(?:[AEIMQUYcgkosw048]=|[AQgw]==)?$/.test(packed)
}

const languageTag = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/
const isSmallLetter = (code: number): boolean => code >= 0x61 && code <= 0x7a

/** Nearly every tag is two small letters: that is seen without the expression. */
const isLanguage = (value: string): boolean =>
  (value.length === 2 && isSmallLetter(value.charCodeAt(0)) && isSmallLetter(value.charCodeAt(1))) ||
  languageTag.test(value)

const decimalNumber = /^[+-]?(\d+(\.\d*)?|\.\d+)$/

/** Nearly every number is a few digits, perhaps with a point among them: that is seen without the expression. */
function isDecimal(value: string): boolean {
  const { length } = value
  let points = 0
  for (let at = 0; at < length && at < 8; at++) {
    const code = value.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) continue
    if (code !== 0x2e || at === 0 || ++points > 1) return decimalNumber.test(value)
  }
  return (length > 0 && length <= 8) || decimalNumber.test(value)
}

/** Every type of text that the table uses, under the name XML Schema gives it where it has one. */
export const simpleTypes = {
  token: text('text'),
  string: { ...text('text'), whiteSpace: 'keep' },
  dateTime: text('a date and time like 2014-07-01T10:00:00+02:00', (value) => isIsoDate(value, 'dateTime')),
  duration: text(
    'a duration like P3Y',
    matches(/^-?P(?!$)(\d+Y)?(\d+M)?(\d+D)?(T(?!$)(\d+H)?(\d+M)?((\d+|\d*\.\d+)S)?)?$/),
  ),
  date: text('a date like 2014-07-01', (value) => isIsoDate(value, 'date')),
  decimal: text('a decimal number like 7.5', isDecimal),
  integer: text('a whole number', matches(/^[+-]?\d+$/)),
  nonNegativeInteger: text('a whole number like 12', matches(/^(\+?\d+|-0+)$/)),
  language: text('a language tag like en or pt-BR', isLanguage),
  base64Binary: text('base64', isBase64),
  anyURI: text('an address (URI)', isUri),
  ID: text('a name without a colon', matches(/^[\p{L}_][\p{L}\p{N}\p{M}_.·-]*$/u)),
  xmlSpace: one('default', 'preserve'),
  sectionNumber: text('a section number like 4 or 4.1', matches(/^[0-9.]+$/)),
  gender: text('0 not recorded, 1 male, 2 female or 9 not applicable', matches(/^(\+?0*[0129]|-0+)$/)),
  country: {
    whiteSpace: 'keep',
    words: 'one of the 197 two-letter country codes that ELMO 1.x knows',
    isValid: (value) => countryCodes.has(value),
    checkedIn: '-2.0.0',
  },
  addressCountry: { whiteSpace: 'keep', words: 'a country code of two capitals', isValid: matches(/^[A-Z][A-Z]$/) },
  opportunityType: one('Degree Programme', 'Module', 'Course', 'Class'),
  status: one('passed', 'failed', 'in-progress'),
  creditLevel: one('Bachelor', 'Master', 'PhD'),
  documentType: { ...one('Diploma', 'Certificate', 'Enrolment', 'Admission'), whiteSpace: 'keep' },
  recognitionStatus: one('Positive', 'Negative', 'Partially Positive'),
  reportStatusCode: one(
    ...['FULL', 'SELECTION', 'PARTIAL_TEMPORARY', 'PARTIAL_PERMANENT', 'ERROR_TEMPORARY', 'ERROR_PERMANENT'],
  ),
  attachmentType: {
    ...one(
      'Diploma',
      'Diploma Supplement',
      'Transcript of Records',
      'EMREX transcript',
      'Micro Credential',
      'Letter of Nomination',
      'Certificate of Training',
      'Learning Agreement',
      'Certificate of Enrolment',
      'Other',
    ),
    valuesIn: {
      Diploma: '1.6.0-',
      'EMREX transcript': '1.1.0-',
      'Micro Credential': '1.6.0-',
      'Certificate of Enrolment': '2.1.1',
      Other: '1.2.0-',
    },
  },
} satisfies Record<string, SimpleType>

export type SimpleTypeName = keyof typeof simpleTypes
