import qrcode from 'qrcode-generator'
import type { PageWriter } from '../layout/page-writer.js'

/** More bytes make squares that no telephone sees. */
const mostBytes = 500
/** Points. */
const side = 96
/** Squares of white around it, as the standard asks. */
const quiet = 4

/** The text as a QR code with words in its place for whoever does not see it; nothing where the text is too long. */
export function writeQrCode(writer: PageWriter, text: string, alt: string): void {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length === 0 || bytes.length > mostBytes) return
  const code = qrcode(0, 'M')
  code.addData(bytes.toString('latin1'), 'Byte')
  code.make()
  const count = code.getModuleCount()
  const square = side / (count + 2 * quiet)
  writer.keep(side + 8)
  const { left, y, doc } = writer
  const figure = writer.element(writer.root, 'Figure', { alt, bbox: [left, y, left + side, y + side] })
  writer.content(figure, 'Figure', () => {
    for (let row = 0; row < count; row++)
      for (let column = 0; column < count; column++)
        if (code.isDark(row, column))
          doc.rect(left + (column + quiet) * square, y + (row + quiet) * square, square, square)
    doc.fill('#000000')
  })
  figure.end()
  writer.y += side + 8
}
