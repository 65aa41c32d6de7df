/** What a `data:` URI says about itself. */
export interface DataUri {
  /** In small letters, without parameters; text/plain where none is written. */
  readonly mediaType: string
  readonly isBase64: boolean
  /** As written. */
  readonly data: string
}

/** Spec: RFC 2397. Undefined for any other text. */
export function parseDataUri(text: string): DataUri | undefined {
  const start = text.length - text.trimStart().length
  const comma = text.indexOf(',', start)
  // A head has no need to be longer; what is no data URI may be megabytes.
  if (comma < 0 || comma - start > 1000 || !/^data:/i.test(text.slice(start, start + 5))) return undefined
  const [type = '', ...parameters] = text.slice(start + 5, comma).split(';')
  return {
    mediaType: type.trim().toLowerCase() || 'text/plain',
    isBase64: parameters.at(-1)?.trim().toLowerCase() === 'base64',
    data: text.slice(comma + 1),
  }
}

/** Whether the text is base64 that can be decoded; line breaks that became blanks do not matter. */
export function isBase64(text: string): boolean {
  const end = /={0,2}\s*$/.exec(text.slice(-80))?.[0].length ?? 0
  const digits = text.length - end
  if (/[^A-Za-z0-9+/\s]/.test(text.slice(0, digits))) return false
  const padding = text.slice(digits).replaceAll(/\s/g, '').length
  let significant = digits
  // Counted one by one: a copy without blanks of an attachment of megabytes would cost more.
  for (const { 0: blank } of text.slice(0, digits).matchAll(/\s+/g)) significant -= blank.length
  const rest = significant % 4
  return significant > 0 && rest !== 1 && (padding === 0 ? rest === 0 : (4 - rest) % 4 === padding)
}

/** How many bytes the data stands for, within a few. */
export const decodedSize = ({ isBase64: encoded, data }: DataUri): number =>
  encoded ? Math.floor((data.length * 3) / 4) : data.length

/** The first bytes of the data as Latin text, to tell what it is. */
export const beginning = ({ isBase64: encoded, data }: DataUri): string =>
  encoded ? Buffer.from(data.slice(0, 64), 'base64').toString('latin1') : data.slice(0, 48)

/** Whether the first bytes are there to be looked at: cut or broken base64 says nothing about what it was. */
export const canTell = ({ isBase64: encoded, data }: DataUri): boolean =>
  !encoded || /^[A-Za-z0-9+/=\s]{8,}$/.test(data.slice(0, 64))
