import type { Attachment, DiplomaSupplement } from '../../model.js'
import { pointer } from '../loss-report.js'
import { conceptOf, type ElmNode } from './elm-node.js'
import type { ElmWriting } from './elm-writing.js'
import { concepts, fileTypeConcept, fileTypes, schemes, valueOf } from './elm-vocabulary.js'

export interface ReadData {
  readonly mediaType: string
  readonly base64: string
}

/** Base64 in one line and padded to its end; undefined for what cannot be decoded. */
function base64Of(text: string): string | undefined {
  // Line breaks inside base64 are legal; a long text without any is not copied.
  const line = /\s/.test(text) ? text.replace(/\s+/g, '') : text
  const padding = /={0,2}$/.exec(line.slice(-2))?.[0].length ?? 0
  const digits = line.slice(0, line.length - padding)
  const rest = digits.length % 4
  if (rest === 1 || /[^A-Za-z0-9+/]/.test(digits)) return undefined
  return (4 - rest) % 4 === padding ? line : digits + '='.repeat((4 - rest) % 4)
}

/** Whether a text without `data:` is a file and no word or sentence, such as "Transcript", "n/a" or "see below". */
const isBareBase64 = (text: string, base64: string): boolean =>
  (/^[A-Za-z0-9+/]{16}/.test(text) || /^\S+=$/.test(text)) && text.replace(/\s+/g, '').length === base64.length

/** The data of a `data:` URI (RFC 2397), or of base64 without one; undefined for what is neither. */
function readDataUri(text: string): ReadData | undefined {
  const data = text.trim()
  if (!/^data:/i.test(data)) {
    const base64 = base64Of(data)
    const isFile = base64 !== undefined && isBareBase64(data, base64)
    return isFile ? { mediaType: 'application/octet-stream', base64 } : undefined
  }
  const comma = data.indexOf(',')
  if (comma < 0) return undefined
  const header = data.slice('data:'.length, comma)
  const mediaType = header.replace(/;\s*base64\s*$/i, '').trim() || 'text/plain;charset=US-ASCII'
  if (/;\s*base64\s*$/i.test(header)) {
    const base64 = base64Of(data.slice(comma + 1))
    return base64 === undefined ? undefined : { mediaType, base64 }
  }
  try {
    return { mediaType, base64: Buffer.from(decodeURIComponent(data.slice(comma + 1))).toString('base64') }
  } catch {
    return undefined
  }
}

export const writeDataUri = ({ mediaType, base64 }: ReadData): string => `data:${mediaType};base64,${base64}`

/** A file with its type and encoding, as every one in ELM has them. */
export function mediaObjectOf({ mediaType, base64 }: ReadData, more: ElmNode, writing: ElmWriting): ElmNode {
  const known = valueOf(fileTypes, mediaType)
  return writing.node('MediaObject', {
    ...more,
    contentType:
      known === undefined
        ? writing.ownConcept('media-type', mediaType)
        : conceptOf(fileTypeConcept(known), schemes.fileType, known),
    contentEncoding: conceptOf(concepts.base64, schemes.encoding, 'base64'),
    content: base64,
  })
}

/** Whether an attachment belongs to the document and to no report, by its type. Spec: ATT-EMREX-PLACE. */
export const isOfDocument = ({ type }: Attachment): boolean => type === 'EMREX transcript'

/** An attachment of a credential; one for each content, for ELM has one in each. */
export function attachmentOf(attachment: Attachment, from: string, writing: ElmWriting): ElmNode[] {
  const { title, description, type, content = [], identifier, extension, extensionAttributes } = attachment
  if (content.length === 0) {
    writing.report.add('ATTACHMENT_EMPTY', from)
    return []
  }
  if (content.length > 1) writing.report.add('ATTACHMENT_DIVIDED', from)
  writing.drop(from, { identifier, extension, extensionAttributes })
  const more = {
    title: writing.texts(title, pointer(from, 'title')),
    description: writing.texts(description, pointer(from, 'description')),
    attachmentType: type === undefined ? undefined : writing.ownConcept('attachment-type', type),
  }
  return content.flatMap((each, index) => {
    const own = pointer(pointer(from, 'content'), index)
    const data = each.raw === undefined ? readDataUri(each.value) : undefined
    if (data === undefined) {
      writing.report.add('CONTENT_NOT_READABLE', own)
      return []
    }
    if (writeDataUri(data) !== each.value) writing.report.add('VALUE_REWRITTEN', pointer(own, 'value'))
    writing.drop(own, { lang: each.lang, attributes: each.attributes })
    return [mediaObjectOf(data, more, writing)]
  })
}

/** A Diploma Supplement as a file of JSON: ELM would want it as a credential of its own, with much that ELMO lacks. */
export function supplementFile(
  supplement: DiplomaSupplement,
  title: ElmNode | undefined,
  writing: ElmWriting,
): ElmNode {
  const base64 = Buffer.from(JSON.stringify(supplement)).toString('base64')
  const attachmentType = writing.ownConcept('attachment-type', 'Diploma Supplement')
  return mediaObjectOf({ mediaType: 'application/json', base64 }, { title, attachmentType }, writing)
}
