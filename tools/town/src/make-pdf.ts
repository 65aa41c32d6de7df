import { createHash } from 'node:crypto'

const header = '%PDF-1.4\n'
const lineHeight = 24

/**
 * A PDF of one page with some lines of text, at least `minBytes` large and the same on every run. The filling does not
 * compress: a document that shrinks a thousandfold would be taken for an attack.
 */
export function makePdf(lines: readonly string[], minBytes = 0): Uint8Array {
  const text = lines.map((line) => `(${escapePdf(line)}) Tj 0 -${lineHeight} Td`).join(' ')
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'),
    Buffer.from(
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 ' +
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >> >>',
    ),
    stream(Buffer.from(`BT /F1 16 Tf 60 760 Td ${text} ET`, 'latin1')),
    stream(filling(minBytes)),
  ]
  const parts: Buffer[] = [Buffer.from(header)]
  const offsets: number[] = []
  let at = header.length
  for (const [index, object] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')])
    offsets.push(at)
    at += part.length
    parts.push(part)
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  parts.push(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\n`))
  parts.push(Buffer.from(`startxref\n${at}\n%%EOF\n`))
  return Buffer.concat(parts)
}

const stream = (data: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<< /Length ${data.length} >>\nstream\n`), data, Buffer.from('\nendstream')])

/** Latin-1 is all that the built-in font can show; other letters lose their marks, or become a question mark. */
const escapePdf = (text: string): string =>
  text
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^\x20-\x7e\xa0-\xff]/g, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .replace(/[\\()]/g, '\\$&')

/** As long as it should be, and without a pattern. */
const filling = (bytes: number): Buffer =>
  bytes === 0 ? Buffer.alloc(0) : createHash('shake256', { outputLength: bytes }).update('filling').digest()
