import { gzipSync } from 'node:zlib'
import { makePdf } from './make-pdf.js'

const text = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1')

describe('makePdf', () => {
  it('makes a PDF whose table points at each of its objects', () => {
    const pdf = text(makePdf(['One', 'Two (2)'], 1000))
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(pdf)?.[1])
    expect(pdf.slice(start, start + 4)).toBe('xref')
    const offsets = [...pdf.slice(start).matchAll(/^(\d{10}) 00000 n /gm)].map((row) => Number(row[1]))
    expect(offsets).toHaveLength(5)
    for (const [index, offset] of offsets.entries())
      expect(pdf.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj\\n`))
    expect(pdf).toContain('(Two \\(2\\)) Tj')
  })

  it('is as large as it should be, and does not shrink much', () => {
    const pdf = makePdf(['x'], 2 * 1024 * 1024)
    expect(pdf.length).toBeGreaterThan(2 * 1024 * 1024)
    expect(gzipSync(pdf).length).toBeGreaterThan(pdf.length * 0.9)
  })

  it('is the same on every run, and keeps the letters of its lines readable', () => {
    expect(makePdf(['Łódź Đurđa Åse'], 100)).toEqual(makePdf(['Łódź Đurđa Åse'], 100))
    expect(text(makePdf(['Łódź Đurđa Åse']))).toContain('(Lódz Durda Åse)')
  })
})
