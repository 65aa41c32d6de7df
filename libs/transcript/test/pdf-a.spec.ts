import { jest } from '@jest/globals'
import { convertElmo, writeElmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { readSeal, transcriptPdf } from '../src/index.js'
import { elmoSample } from './elmo-sample.js'

jest.setTimeout(60_000)
const made = new Date('2026-03-01T12:00:00Z')
const xml = writeElmo(convertElmo(elmoSample, '1.7.0').elmo, { release: '1.7.0' })

/** The objects of a PDF as pdfkit writes them: each in the open, streams behind their dictionaries. */
class Objects {
  private readonly byNumber: ReadonlyMap<string, string>

  constructor(readonly raw: string) {
    this.byNumber = new Map(
      [...raw.matchAll(/(?<=\n)(\d+) 0 obj\n([^]*?)\nendobj\n/g)].map(([, number = '', body = '']) => [number, body]),
    )
  }

  get all(): readonly string[] {
    return [...this.byNumber.values()]
  }

  of(type: RegExp): readonly string[] {
    return this.all.filter((body) => type.test(body))
  }

  /** What a dictionary refers to by this name. */
  at(dictionary: string | undefined, name: string): string {
    const number = new RegExp(`/${name} \\[?(\\d+) 0 R`).exec(dictionary ?? '')?.[1] ?? 'none'
    return this.byNumber.get(number) ?? ''
  }
}

describe('What PDF/A-3a asks of a transcript, as far as it is looked at here (no validator was at hand)', () => {
  let plain: Objects
  let sealed: Objects
  beforeAll(async () => {
    const options = { language: 'en', made }
    const seal = readSeal(await makeThrowawaySigner())
    const read = (pdf: Uint8Array) => new Objects(Buffer.from(pdf).toString('latin1'))
    plain = read(await transcriptPdf({ elmo: elmoSample, xml }, options))
    sealed = read(await transcriptPdf({ elmo: elmoSample, xml }, { ...options, seal }))
  })

  const each = (look: (objects: Objects, catalog: string) => void) => {
    for (const objects of [plain, sealed]) {
      const [catalog, ...others] = objects.of(/\/Type \/Catalog\n/)
      expect(others).toEqual([])
      look(objects, catalog!)
    }
  }

  it('begins with bytes that are no text, ends with an identifier, is not encrypted and runs no script', () =>
    each(({ raw }) => {
      expect(raw).toMatch(/^%PDF-1\.7\n%[\x80-\xff]{4}/)
      expect(raw).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/)
      expect(raw).not.toMatch(/\/Encrypt|\/JavaScript|\/Launch|\/LZWDecode/)
    }))

  it('says in its metadata that it is PDF/A-3a, and the same title and times as in its dictionary', () =>
    each((objects, catalog) => {
      const metadata = objects.at(catalog, 'Metadata')
      expect(metadata).toMatch(/\/Subtype \/XML/)
      expect(metadata).not.toContain('/Filter')
      expect(metadata).toContain('<pdfaid:part>3</pdfaid:part>')
      expect(metadata).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
      expect(metadata).toContain('Transcript of records of Ane Vik')
      expect(metadata).toContain('<xmp:CreateDate>2026-03-01T12:00:00Z</xmp:CreateDate>')
      expect(objects.raw).toContain('(D:20260301120000Z)')
      // A time that stands in one of them alone would be a contradiction.
      const [info] = objects.of(/\/Producer \d+ 0 R/)
      expect([info?.includes('/ModDate'), metadata.includes('ModifyDate')]).toEqual([false, false])
    }))

  it('says which colours it means', () =>
    each((objects, catalog) => {
      const intent = objects.at(catalog, 'OutputIntents')
      expect(intent).toMatch(/\/S \/GTS_PDFA1/)
      expect(objects.at(intent, 'DestOutputProfile')).toMatch(/\/N 3/)
    }))

  it('is marked, in a language, with a structure tree that every page hangs on', () =>
    each((objects, catalog) => {
      expect(catalog).toMatch(/\/Lang \(en\)/)
      expect(objects.at(catalog, 'MarkInfo')).toMatch(/\/Marked true/)
      expect(objects.at(catalog, 'ViewerPreferences')).toMatch(/\/DisplayDocTitle true/)
      const tree = objects.at(catalog, 'StructTreeRoot')
      expect(tree).toMatch(/\/Type \/StructTreeRoot/)
      expect(tree).toMatch(/\/ParentTree /)
      const pages = objects.of(/\/Type \/Page\n/)
      expect(pages.length).toBeGreaterThan(1)
      expect(pages.filter((page) => !/\/StructParents \d+/.test(page) || !/\/Tabs \/S/.test(page))).toEqual([])
      expect(objects.of(/\/S \/Figure/).filter((figure) => !/\/Alt \(/.test(figure))).toEqual([])
    }))

  it('names the file inside, what it is to the document, its type, size and time', () =>
    each((objects, catalog) => {
      const file = objects.at(catalog, 'AF')
      expect(file).toMatch(/\/Type \/Filespec/)
      expect(file).toMatch(/\/AFRelationship \/Source/)
      expect(file).toMatch(/\/UF \(elmo\.xml\)/)
      const [embedded] = objects.of(/\/Type \/EmbeddedFile/)
      expect(embedded).toMatch(/\/Subtype \/application#2[fF]xml/)
      expect(embedded).toContain(`/Size ${xml.byteLength}`)
      expect(embedded).toMatch(/\/ModDate \(D:20260301120000Z\)/)
      expect(objects.at(catalog, 'Names')).toContain('(elmo.xml)')
    }))

  it('embeds every font, with what each glyph means', () =>
    each((objects) => {
      const fonts = objects.of(/\/Type \/Font\n/)
      expect(fonts.filter((font) => /\/Subtype \/Type1/.test(font))).toEqual([])
      const whole = fonts.filter((font) => /\/Subtype \/Type0/.test(font))
      expect(whole.length).toBeGreaterThan(1)
      for (const font of whole) {
        expect(objects.at(font, 'ToUnicode')).not.toBe('')
        expect(objects.at(objects.at(objects.at(font, 'DescendantFonts'), 'FontDescriptor'), 'FontFile2')).not.toBe('')
      }
    }))

  it('has one field where it is sealed, of no size and printed, and none where it is not', () => {
    expect(plain.raw).not.toContain('/AcroForm')
    const fields = sealed.of(/\/Subtype \/Widget/)
    expect(fields).toEqual([expect.stringMatching(/\/FT \/Sig[^]*\/Rect \[0 0 0 0\][^]*\/F 132/)])
    expect(sealed.raw).toContain('/SigFlags 3')
    expect(sealed.raw).not.toContain('/NeedAppearances')
  })
})
