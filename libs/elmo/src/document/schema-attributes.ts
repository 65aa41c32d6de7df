import { namespaces } from '../grammar/namespaces.js'
import { allReleases, releaseSet, type ReleaseRange, type ReleaseSet } from '../grammar/releases.js'
import type { Finding } from './check-value.js'

/** Types that the official schema gives a name, and which releases do so. */
const namedTypes: Readonly<Record<string, ReleaseRange>> = {
  TokenWithOptionalLang: '1.0.0-',
  PlaintextMultilineStringWithOptionalLang: '1.0.0-',
  SimpleHtmlStringWithOptionalLang: '1.2.0-',
  Attachment: '1.0.0-',
  LearningOpportunitySpecification: '1.0.0-',
  Groups: '1.3.0-',
  DiplomaSupplement: '1.4.0-',
  DiplomaSupplementSection: '1.4.0-',
  Issuer: '2.0.0-',
  ResultOfRecognition: '2.0.0-',
  RecognitionReport: '2.0.0-',
}

/** Types of the table whose name in the schema is another one. */
const schemaNames: Readonly<Record<string, string>> = { AttachmentContent: 'TokenWithOptionalLang' }

const xsd = 'http://www.w3.org/2001/XMLSchema'
/** Types of XML Schema itself that are known here under their own names. */
const ownTypes = new Set([
  ...['token', 'string', 'date', 'dateTime', 'decimal', 'duration', 'integer', 'nonNegativeInteger', 'language'],
  ...['base64Binary', 'anyURI', 'ID'],
])

/** Where `xsi:type` names the declared type: the releases that have that name for it. */
export function releasesOfTypeName(namespace: string, localName: string, type: string, elmo: string): ReleaseSet {
  if (localName !== (schemaNames[type] ?? type)) return 0
  if (namespace === namespaces.address) return type === 'FlexibleAddress' ? releaseSet('1.5.0-') : 0
  if (namespace === xsd) return ownTypes.has(type) ? allReleases : 0
  const range = namespace === elmo ? namedTypes[localName] : undefined
  return range === undefined ? 0 : releaseSet(range)
}

/** What an element that may be of any type claims to be: the name of a type here and the releases that know it. */
export function claimedType(namespace: string, localName: string, elmo: string): { type?: string; known: ReleaseSet } {
  if (namespace === xsd) return { type: ownTypes.has(localName) ? localName : undefined, known: allReleases }
  const range = namespace === elmo && Object.hasOwn(namedTypes, localName) ? namedTypes[localName] : undefined
  return range === undefined ? { known: 0 } : { type: localName, known: releaseSet(range) }
}

export const isSchemaHint = (localName: string): boolean =>
  localName === 'schemaLocation' || localName === 'noNamespaceSchemaLocation'

export const wrongType = (breaks: ReleaseSet): Finding => ({
  rule: 'GRAMMAR-XSI-TYPE',
  message: 'xsi:type names another type than the schema',
  breaks,
})

export const nilled: Finding = {
  rule: 'GRAMMAR-XSI-NIL',
  message: 'xsi:nil stands on an element that the schema does not let be nil',
  breaks: allReleases,
}
