/** Addresses of the European Learning Model, version 3, and of the vocabularies that its application profile EDC uses. */
const snb = 'http://data.europa.eu/snb'
const euAuthority = 'http://publications.europa.eu/resource/authority'

export const elmContexts = ['https://www.w3.org/2018/credentials/v1', `${snb}/model/context/edc-ap`] as const
export const elmTypes = ['VerifiableCredential', 'EuropeanDigitalCredential'] as const

/** Concept schemes of the EU under their short names. */
export const schemes = {
  profile: `${snb}/credential/25831c2`,
  encoding: `${snb}/encoding/25831c2`,
  credit: `${snb}/education-credit/25831c2`,
  opportunity: `${snb}/learning-opportunity/25831c2`,
  eqf: `${snb}/eqf/25831c2`,
  isced: `${snb}/isced-f/25831c2`,
  gradeStatus: `${snb}/grade-status/25831c2`,
  country: `${euAuthority}/country`,
  language: `${euAuthority}/language`,
  fileType: `${euAuthority}/file-type`,
  sex: `${euAuthority}/human-sex`,
} as const

export const concepts = {
  genericProfile: `${snb}/credential/e34929035b`,
  base64: `${snb}/encoding/6146cde7dd`,
  ects: `${snb}/education-credit/6fcec5c5af`,
  passed: `${snb}/grade-status/c_60a1cf9a`,
  html: `${euAuthority}/file-type/HTML`,
} as const

/** The SHACL shapes that a credential says it follows. */
export const elmSchema = `${snb}/model/ap/edc-generic-full`

export const eqfConcept = (level: string): string => `${snb}/eqf/${level}`
export const iscedConcept = (code: string): string => `${snb}/isced-f/${code}`
export const languageConcept = (code: string): string => `${euAuthority}/language/${code}`
export const fileTypeConcept = (code: string): string => `${euAuthority}/file-type/${code}`

/** What follows the last slash of an address. */
export const lastPart = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1)

/** Types of learning opportunities, by ELMO's names. */
export const opportunityConcepts: Readonly<Record<string, string>> = {
  'Degree Programme': `${snb}/learning-opportunity/79343569f3`,
  Module: `${snb}/learning-opportunity/0f7dac46ca`,
  Course: `${snb}/learning-opportunity/05053c1cbe`,
  Class: `${snb}/learning-opportunity/7e1ac538db`,
}

/** ISO/IEC 5218 in the EU's table. */
export const sexConcepts: Readonly<Record<string, string>> = {
  '0': `${euAuthority}/human-sex/NKN`,
  '1': `${euAuthority}/human-sex/MALE`,
  '2': `${euAuthority}/human-sex/FEMALE`,
  '9': `${euAuthority}/human-sex/NAP`,
}

/** Media types in the EU's table of file types. */
export const fileTypes: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/json': 'JSON',
  'application/xml': 'XML',
  'application/zip': 'ZIP',
  'image/gif': 'GIF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/svg+xml': 'SVG',
  'image/tiff': 'TIFF',
  'text/csv': 'CSV',
  'text/html': 'HTML',
  'text/plain': 'TXT',
}

/** The value of a table for a key that a document names; nothing for a name that every object of the language has. */
export const valueOf = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** The key of a table for a value. */
export const keyOf = (table: Readonly<Record<string, string>>, value: string | undefined): string | undefined =>
  Object.keys(table).find((key) => table[key] === value)

const own = 'urn:x-elmo:'

/**
 * A concept scheme of our own, for what ELMO says in a word that no vocabulary of the EU has: attachment types, credit
 * schemes, national levels. `of` divides it further.
 */
export const ownScheme = (name: string, of?: string): string =>
  // Half a surrogate pair cannot be encoded; a round trip through bytes mends it.
  own + name + (of === undefined ? '' : `:${encodeURIComponent(Buffer.from(of).toString())}`)

/** The name and the division of a concept scheme of our own. */
export function ownSchemeParts(uri: string): { name: string; of?: string } | undefined {
  if (!uri.startsWith(own)) return undefined
  const [name = '', of] = uri.slice(own.length).split(':')
  try {
    return of === undefined ? { name } : { name, of: decodeURIComponent(of) }
  } catch {
    return { name }
  }
}
