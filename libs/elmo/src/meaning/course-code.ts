import { generatedIdentifierType } from '../convert/generated-identifier.js'
import type { Identifier, Issuer, LearningOpportunitySpecification } from '../model.js'

/** What a course is known by, and where that comes from. */
export interface CourseKey {
  readonly code: string
  /** `other`: the only other identifier there is. `generated`: from issuer, title and term; no code of the institution. */
  readonly from: 'local' | 'courseCode' | 'ewp-los-id' | 'other' | 'generated'
  /** Of the identifier, as written; absent when generated. */
  readonly type?: string
}

/** Types of identifiers that classify a subject and name no course: Norway's education standard, Finland's subject area. */
const classifications = ['nus', 'subjectarea', generatedIdentifierType]

function givenKey(los: LearningOpportunitySpecification): CourseKey | undefined {
  const given = (los.identifier ?? []).filter(({ value }) => value.trim() !== '')
  const find = (type: string): Identifier | undefined => given.find((one) => one.type.trim().toLowerCase() === type)
  const key = (from: CourseKey['from'], { type, value }: Identifier): CourseKey => ({ code: value.trim(), from, type })

  const local = find('local')
  if (local !== undefined) return key('local', local)
  const code = find('coursecode')
  if (code !== undefined) {
    const version = find('courseversion')
    const value = version === undefined ? code.value : `${code.value.trim()}-${version.value.trim()}`
    return key('courseCode', { ...code, value })
  }
  const ewp = find('ewp-los-id')
  if (ewp !== undefined) return key('ewp-los-id', ewp)
  const [other, ...more] = given.filter(({ type }) => !classifications.includes(type.trim().toLowerCase()))
  return other !== undefined && more.length === 0 ? key('other', other) : undefined
}

/**
 * The code of a course as staff would write it, or undefined when the document has none: many producers send no code, so
 * it is never a key.
 *
 * Taken from the identifier `local`, else `courseCode` with `courseVersion` behind a hyphen, else `ewp-los-id`, else the
 * only other identifier there is. Identifiers of the instance do not count: they name a result, not a course. Nor do
 * classifications of the subject.
 *
 * Spec: LOS-LOCAL-GIVE of the ELMO annotations; the other types are what producers were seen to send.
 */
export const courseCode = (los: LearningOpportunitySpecification): string | undefined => givenKey(los)?.code

/** A text as it is compared: in small letters, without what only parts its words. */
export const comparableText = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.+#]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/** What an institution is known by: its domain (`schac`), else Erasmus code, PIC, any identifier, address, name. */
export function issuerKey({ identifier, title, url }: Issuer): string {
  const find = (type: string): string | undefined =>
    identifier.find((one) => one.type.trim().toLowerCase() === type && one.value.trim() !== '')?.value
  const known = find('schac') ?? find('erasmus') ?? find('pic') ?? identifier.find(({ value }) => value.trim())?.value
  return (known ?? (url.trim() || title[0]?.value) ?? '').trim().toLowerCase()
}

/**
 * What a course is known by: the code as `courseCode` finds it, else one made from issuer, first title and term (else the
 * date), so that the same document always gives the same key. A generated key may not be unique and never looks like a
 * code of the institution: it holds slashes between its parts.
 *
 * Spec: as courseCode.
 */
export function courseKey(los: LearningOpportunitySpecification, issuer: Issuer): CourseKey {
  const given = givenKey(los)
  if (given !== undefined) return given
  const { academicTerm, date = '' } = los.instance
  const term = academicTerm?.start ?? date
  const code = [issuerKey(issuer), comparableText(los.title[0]?.value ?? ''), term.trim().slice(0, 10)].join('/')
  return { code, from: 'generated' }
}
