import type { Elmo } from '@emrex-gateway/elmo'

/** An attachment of a document as a file. */
export interface AttachmentFile {
  /** `attachment-1.pdf`; counted through the document. */
  readonly name: string
  readonly mediaType: string
  bytes(): Uint8Array
}

/** What a reader at a desk can open. Anything else is saved as bytes: its sender does not choose what opens it. */
const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'text/plain': 'txt',
}
/** The first letters of a PDF as base64: some producers leave out what stands before them. */
const barePdf = 'JVBERi0'

/** The attachments of a document as files, in the order in which they stand there. Spec: RFC 2397 (data: URIs). */
export function attachmentFiles(elmo: Elmo): readonly AttachmentFile[] {
  const all = [...(elmo.attachments ?? []), ...elmo.reports.flatMap(({ attachment }) => attachment ?? [])]
  return all
    .flatMap(({ content }) => content ?? [])
    .map(({ value }, index) => {
      const { type, body, isBase64 } = readDataUri(value)
      const known = Object.hasOwn(endings, type)
      return {
        name: `attachment-${index + 1}.${known ? endings[type] : 'bin'}`,
        mediaType: known ? type : 'application/octet-stream',
        bytes: () => Buffer.from(isBase64 ? body : unescapeBytes(body), isBase64 ? 'base64' : 'latin1'),
      }
    })
}

function readDataUri(value: string) {
  const text = value.trimStart()
  const [head] = /^data:[^,]{0,200},/i.exec(text) ?? []
  if (head === undefined) return { type: text.startsWith(barePdf) ? 'application/pdf' : '', body: text, isBase64: true }
  const [type = '', ...parameters] = head.slice('data:'.length, -1).toLowerCase().split(';')
  const isBase64 = parameters.some((parameter) => parameter.trim() === 'base64')
  return { type: type.trim(), body: text.slice(head.length), isBase64 }
}

/** Percent-encoding as single bytes. */
const unescapeBytes = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
