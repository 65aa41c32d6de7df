import { simpleTypes } from '../../grammar/simple-types.js'
import type { Attachment } from '../../model.js'
import { writeDataUri } from './elm-attachment.js'
import type { ElmAt, ElmReading } from './elm-reading.js'
import { concepts, fileTypes, keyOf, lastPart } from './elm-vocabulary.js'

/** The media type of a file; one that is not known is named. */
function mediaTypeOf(at: ElmAt | undefined, reading: ElmReading): string {
  const isOwn = at !== undefined && reading.ownScheme(at)?.name === 'media-type'
  const known = at && (isOwn ? reading.word(at) : keyOf(fileTypes, lastPart(reading.id(at))))
  if (at !== undefined && known === undefined) reading.report.add('ELM_NOT_READ', at.path)
  return known ?? 'application/octet-stream'
}

/** A type that ELMO has, else `Other`. */
function typeOf(at: ElmAt | undefined, reading: ElmReading): string | undefined {
  if (at === undefined) return undefined
  const word = reading.word(at)
  const known = simpleTypes.attachmentType.values?.find((type) => type.toLowerCase() === word?.toLowerCase())
  if (known === undefined) reading.report.add('ATTACHMENT_TYPE_OTHER', at.path)
  else if (known !== word) reading.report.add('ATTACHMENT_TYPE_SPELLING', at.path)
  return known ?? 'Other'
}

/** A file of a credential as an attachment; undefined, and named, when it has no content in base64. */
export function readAttachment(at: ElmAt, reading: ElmReading): Attachment | undefined {
  const title = reading.texts(at, 'title')
  const description = reading.texts(at, 'description')
  const encoding = reading.one(at, 'contentEncoding')
  const mediaType = mediaTypeOf(reading.one(at, 'contentType'), reading)
  const base64 = reading.text(at, 'content')
  const isBase64 = encoding === undefined || reading.id(encoding) === concepts.base64
  if (base64 === undefined || !isBase64 || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) {
    return void reading.report.add('CONTENT_NOT_READABLE', at.path)
  }
  const type = typeOf(reading.one(at, 'attachmentType'), reading)
  return {
    ...(title.length === 0 ? {} : { title }),
    ...(type === undefined ? {} : { type }),
    ...(description.length === 0 ? {} : { description }),
    content: [{ value: writeDataUri({ mediaType, base64 }) }],
  }
}
