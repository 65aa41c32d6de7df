import type { Attachment, DiplomaSupplement } from '../../model.js'
import { pointer } from '../loss-report.js'
import { conceptOf, type ElmNode } from './elm-node.js'
import type { ElmWriting } from './elm-writing.js'
import { concepts, fileTypeConcept, fileTypes, schemes } from './elm-vocabulary.js'

const base64Alphabet = /^[A-Za-z0-9+/]*={0,2}$/

export interface ReadData {
  readonly mediaType: string
  readonly base64: string
}

/** The data of a `data:` URI (RFC 2397), or of base64 without one; undefined for what is neither. */
function readDataUri(text: string): ReadData | undefined {
  const data = text.trim()
  // Line breaks inside base64 are legal; a long text without any is not copied.
  const stripped = (from: number): string => {
    const rest = from === 0 ? data : data.slice(from)
    return /\s/.test(rest) ? rest.replace(/\s+/g, '') : rest
  }
  if (!/^data:/i.test(data)) {
    const base64 = stripped(0)
    return base64 !== '' && base64Alphabet.test(base64) ? { mediaType: 'application/octet-stream', base64 } : undefined
  }
  const comma = data.indexOf(',')
  if (comma < 0) return undefined
  const header = data.slice('data:'.length, comma)
  const isBase64 = /;\s*base64\s*$/i.test(header)
  const mediaType = header.replace(/;\s*base64\s*$/i, '').trim() || 'text/plain;charset=US-ASCII'
  if (isBase64) {
    const base64 = stripped(comma + 1)
    return base64Alphabet.test(base64) ? { mediaType, base64 } : undefined
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
  const known = fileTypes[mediaType]
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
