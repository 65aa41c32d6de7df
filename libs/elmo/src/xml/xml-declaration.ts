import type { XmlBytes } from './xml-bytes.js'

const s = '[ \\t\\r\\n]'
const eq = `${s}*=${s}*`
const quoted = (content: string): string => `(?:"(${content})"|'(${content})')`
const declaration = new RegExp(
  `^<\\?xml${s}+version${eq}${quoted('1\\.[0-9]+')}` +
    `(?:${s}+encoding${eq}${quoted('[A-Za-z][A-Za-z0-9._-]*')})?` +
    `(?:${s}+standalone${eq}${quoted('yes|no')})?${s}*\\?>$`,
)

/** Skips an XML declaration, where there is one. @throws {ElmoError} ELMO_ENCODING when it names another encoding than UTF-8 */
export function skipXmlDeclaration(bytes: XmlBytes): number {
  const { begin } = bytes
  if (!/^<\?xml[ \t\r\n?]$/.test(bytes.buffer.toString('latin1', begin, begin + 6))) return begin
  const end = bytes.find('?>', begin, 'the XML declaration') + 2
  const match = declaration.exec(bytes.text(begin, end))
  if (match === null) return bytes.fail('ELMO_NOT_WELL_FORMED', begin, 'the XML declaration is malformed')
  if ((match[1] ?? match[2]) !== '1.0') bytes.fail('ELMO_NOT_WELL_FORMED', begin, 'another version of XML than 1.0')
  const encoding = match[3] ?? match[4] ?? 'UTF-8'
  if (!/^utf-?8$/i.test(encoding)) bytes.fail('ELMO_ENCODING', begin, 'another encoding than UTF-8 is declared')
  return end
}
