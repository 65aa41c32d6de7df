import { jest } from '@jest/globals'
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { convertElmo, writeElmo, type Report } from '@emrex-gateway/elmo'
import { describeWith, ReadPdf } from '@emrex-gateway/testing'
import { embeddedName, transcriptPdf, type TranscriptOptions } from '../src/index.js'
import { elmoSample } from './elmo-sample.js'
import { course, documentOf } from './invented-documents.js'

jest.setTimeout(60_000)
const made = new Date('2026-03-01T12:00:00Z')
const xml = writeElmo(convertElmo(elmoSample, '1.7.0').elmo, { release: '1.7.0' })
const receipt = { number: 'R-2026-7', url: 'https://emrex.example/receipts/R-2026-7' }

/** Whether these stand one behind the other. */
const inOrder = (text: string, ...parts: readonly string[]): readonly number[] =>
  parts.reduce<number[]>((places, part) => [...places, text.indexOf(part, (places.at(-1) ?? -1) + 1)], [])
const expectOrder = (text: string, ...parts: readonly string[]) => {
  const places = inOrder(text, ...parts)
  expect({ missing: parts.filter((_, index) => places[index] === -1) }).toEqual({ missing: [] })
  expect(places).toEqual([...places].sort((a, b) => a - b))
}
const make = async (elmo: Parameters<typeof transcriptPdf>[0]['elmo'], options: Partial<TranscriptOptions> = {}) =>
  new ReadPdf(await transcriptPdf({ elmo }, { language: 'en', made, ...options }))

describeWith(describe, 'pdftotext', 'transcriptPdf, read by poppler', () => {
  let pdf: ReadPdf
  beforeAll(async () => {
    const signer = {
      name: 'National contact point of the sea',
      checkedAt: new Date('2026-02-28T09:30:00Z'),
      signedBytes: xml,
      report: {
        signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        signer: {
          subject: 'CN=ncp.example',
          issuer: 'CN=ncp.example',
          sha256Fingerprint: 'AB:CD',
          notBefore: '2025-01-01T00:00:00Z',
          notAfter: '2028-01-01T00:00:00Z',
          selfSigned: true,
          keyType: 'rsa',
        },
        notices: ['certificate-self-signed' as const],
        checks: [],
      },
    }
    const left = [{ title: 'Statistics', code: 'STA-1', issuer: 'Havet University' }]
    pdf = new ReadPdf(await transcriptPdf({ elmo: elmoSample, xml }, { language: 'en', made, signer, receipt, left }))
  })

  it('says everything in reading order, parts behind their whole', () => {
    expectOrder(
      pdf.text,
      'Transcript of records',
      'Given names Ane',
      'Date of birth 2001-04-05',
      '180 (passed results',
      'Havet University',
      'This is a selection',
      '1 Bachelor of Informatics',
      'BA-INF',
      '180 ECTS',
      '2026-01-31',
      'Level: EQF 6',
      '1.1 Databases',
      'INF-1',
      '7.5 ECTS',
      'Also (nb): Databaser',
      'Term: Autumn 2025',
      'Grading scheme: A is best, F fails',
      'A: 12, B: 30',
      '60 % had a lower grade, 25 % the same, 15 % a higher one',
      '1.2 Safety in the laboratory',
      '0 ECTS',
      'failed',
      'A-F: A is best, F fails',
      'Diploma supplement: Bachelor of Informatics',
      'This supplement follows the common model.',
      '1.1 Family name',
      'Vik',
      'None & none',
      'Diploma (Diploma; application/pdf, 3 kB)',
      'Fjell College',
      'holds no results',
      'Letter (text/plain, 1 kB)',
      'What was left out',
      'STA-1 Statistics (Havet University)',
      'How to check this transcript',
    )
  })

  it('says who signed, what the hash is and how to check it', () => {
    const hash = createHash('sha256').update(xml).digest('hex')
    const { text } = pdf
    expectOrder(text, hash, hash, 'The attached file is what was signed.', 'National contact point of the sea')
    expectOrder(
      text,
      'CN=ncp.example',
      'AB:CD',
      '2025-01-01 to 2028-01-01',
      '2026-02-28 09:30 UTC',
      'vouches for itself',
    )
    expectOrder(text, 'R-2026-7', receipt.url, 'In three steps', '1.', `pdfdetach -savefile ${embeddedName}`, '3.')
  })

  it('is tagged: headings, paragraphs, tables with named rows and columns, lists, a figure', () => {
    const lines = pdf.structure.map((line) => line.trim())
    const kinds = new Set(lines.filter((line) => !line.startsWith('"')).map((line) => line.replace(/[ :].*/, '')))
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'Document',
        'H1',
        'H2',
        'H3',
        'H4',
        'H5',
        'P',
        'Table',
        'TR',
        'TH',
        'TD',
        'L',
        'LI',
        'Lbl',
        'LBody',
        'Figure',
      ]),
    )
    expect(lines).toContain('/Scope /Column')
    expect(lines).toContain('/Scope /Row')
    expect(pdf.info).toMatch(/Tagged: +yes/)
    expectOrder(lines.join('\n'), '"1.1 Databases"', '"INF-1"', '"7.5 ECTS"', '"B"', '"2025-12-12"', '"passed"')
  })

  it('keeps head and foot of the pages out of the structure', () => {
    expect(pdf.text).toContain('Page 1 of')
    expect(pdf.structure.join('\n')).not.toContain('Page 1 of')
  })

  it('has a title and embeds all its fonts', () => {
    expect(pdf.info).toMatch(/Title: +Transcript of records of Ane Vik/)
    const fonts = pdf.fonts.trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(0)
    expect(fonts.filter((line) => !/ yes yes yes /.test(line))).toEqual([])
  })

  it('names the language of the document, and of what is in another', async () => {
    expect(pdf.raw).toMatch(/\/Type \/Catalog[^]*?\/Lang \(en\)/)
    expect(pdf.languages).toContain('nb')
    const odd = await make(documentOf(course('Kurs', { lang: 'sr-Latn' }), course('Odd', { lang: 'not a language)' })))
    expect(odd.languages).toContain('sr-Latn')
    expect(odd.languages.filter((tag) => tag.includes('not'))).toEqual([])
  })

  it('has a bookmark for each heading and says that it is PDF/A-3a', () => {
    const { raw } = pdf
    const bookmarks = [...raw.matchAll(/\/Title \(([^)]*)\)/g)].map(([, title]) => title)
    expect(bookmarks).toEqual(
      expect.arrayContaining(['Havet University', 'Results', '1.1 Family name', 'How to check this transcript']),
    )
    expect(raw).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(raw).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
    expect(raw).toMatch(/\/AFRelationship \/Source/)
    expect(raw).toMatch(/\/Subtype \/application#2[fF]xml/)
  })

  it('puts no mark-up of a name into the metadata', async () => {
    const elmo = documentOf(course('One'))
    const { raw, info } = await make({ ...elmo, learner: { ...elmo.learner, familyName: 'V<b>&k' } })
    expect(raw).toMatch(/<rdf:li xml:lang="x-default">Transcript of records of Ane V b {2}k<\/rdf:li>/)
    expect(info).toContain('Transcript of records of Ane V b')
  })

  it('names a country, since NO alone reads as a word', async () => {
    const elmo = documentOf(course('One'))
    const learner = { ...elmo.learner, citizenship: 'NO', countryOfBirth: 'PL' }
    const reports = elmo.reports.map((each) => ({ ...each, issuer: { ...each.issuer, country: 'IS' } }))
    const { text } = await make({ ...elmo, learner, reports })
    expectOrder(text, 'Poland (PL)', 'Norway (NO)', 'Iceland (IS)')
  })

  it('gives the same bytes for the same input', async () => {
    const one = await transcriptPdf({ elmo: elmoSample, xml }, { language: 'en', made, receipt })
    const other = await transcriptPdf({ elmo: elmoSample, xml }, { language: 'en', made, receipt })
    expect(Buffer.compare(one, other)).toBe(0)
  })

  it('shows every date as the day that it was written with, without the zone that some write behind it', async () => {
    const zoned = JSON.stringify(elmoSample).replace(/"(\d{4}-\d{2}-\d{2})"/g, '"$1+02:00"')
    const { text } = await make(JSON.parse(zoned) as typeof elmoSample)
    expect(text.match(/\d{4}-\d{2}-\d{2}\+\S*/g)).toBeNull()
  })

  it('reads HTML as people do: letters by name, cells of a table apart, no comments', async () => {
    const value = '<!-- x1 --><p>Allm&auml;nt</p><table><tr><td>Grade A</td><td>best</td></tr></table>'
    const { text } = await make(documentOf(course('With HTML', { descriptionHtml: [{ value }] })))
    expect(text.replace(/\s+/g, ' ')).toContain('Description: Allmänt Grade A | best')
    expect(text).not.toContain('x1')
  })

  it('keeps the words of a supplement apart where its introduction has blocks and cells', async () => {
    const introduction =
      '<introduction>Before<p>it</p>behind<table><tr><td>Grade A</td><td>best</td></tr></table></introduction>'
    const diplomaSupplement = { version: '2018', issueDate: '2026-02-01', introduction, section: [] }
    const { text } = await make(documentOf(course('Degree', { instance: { diplomaSupplement } })))
    expect(text).toContain('Before it behind Grade A | best')
  })

  it('takes titles in the wanted language', async () => {
    const { text } = await make(elmoSample, { language: 'nb' })
    expectOrder(text, 'Universitetet Havet', '1.1 Databaser', 'Also (en): Databases')
  })

  it('takes further fonts, and says which font file it cannot read', async () => {
    const require = createRequire(import.meta.url)
    // Of the further fonts here one has what DejaVu Sans lacks: mathematical letters.
    const fonts = [require.resolve('dejavu-fonts-ttf/ttf/DejaVuMathTeXGyre.ttf')]
    const lacking = documentOf(course('\u{1d4d0}\u{1d4d1}'))
    expect((await make(lacking)).text).toContain('[U+1D4D0]')
    const { text, fonts: used } = await make(lacking, { fonts })
    expect(text).not.toContain('[U+1D4D0]')
    expect(used).toContain('MathTeXGyre')
    await expect(make(lacking, { fonts: ['/nowhere/font.ttf'] })).rejects.toThrow(
      'The font file /nowhere/font.ttf cannot be read.',
    )
    await expect(make(lacking, { fonts: [require.resolve('dejavu-fonts-ttf/package.json')] })).rejects.toThrow(
      'cannot be read',
    )
  })

  it('holds the document byte for byte', () => {
    expect(pdf.attached.map(({ name }) => name)).toEqual([embeddedName])
    expect(Buffer.compare(pdf.attached[0]?.bytes ?? new Uint8Array(), xml)).toBe(0)
  })

  it('attaches nothing where it was given no bytes, and says so', async () => {
    const without = await make(elmoSample)
    expect(without.attached).toEqual([])
    expect(without.text).toContain('The ELMO document is not attached to this PDF.')
    expect(without.text).not.toContain('SHA-256 of the attached file')
  })

  it('says of a recognition what was recognised with its grading, supplement and attachments, and as what', async () => {
    const [{ issuer, learningOpportunitySpecification: recognised = [], attachment = [] }] = elmoSample.reports as [
      Report,
    ]
    const scheme = (description: string) => [{ localId: 'own', description: [{ value: description }] }]
    const graded = { gradingSchemeLocalId: 'own', resultLabel: '1' }
    const basis = {
      issuer: { ...issuer, title: [{ value: 'Dalen University' }] },
      issueDate: '2026-01-01T00:00:00Z',
      gradingScheme: scheme('One is the best of twenty grades, of which those from eleven on are none that pass'),
      learningOpportunitySpecification: [...recognised, course('Optics', { instance: graded })],
      attachment,
    }
    const decision = {
      status: 'Positive',
      attachments: { ref: ['decision-7'] },
      recognitionMapping: [{ fromMapping: [['OPT-1', 'OPT-2']], toMapping: [['PHY-9']] }],
      recognitionBasis: [basis],
      recognitionResult: [course('Physics', { instance: graded })],
    }
    const report = {
      ...{ issuer, issueDate: basis.issueDate, gradingScheme: scheme('Pass or fail') },
      resultOfRecognition: [decision],
    }
    const { text } = await make({ ...elmoSample, reports: [report] })
    expectOrder(
      text,
      'OPT-1, OPT-2 as PHY-9',
      'decision-7',
      'Dalen University',
      'Optics',
      'own: One is the best of twenty grades',
      'Diploma supplement: Bachelor of Informatics',
      'Diploma (Diploma; application/pdf, 3 kB)',
      'What it was recognised as',
      'Physics',
      'Grading scheme: Pass or fail',
    )
    expect(text).not.toContain('holds no results')
  })

  it('calls attachments of a result as their list does, and one that is not there by its identifier', async () => {
    const refs = (...ref: string[]) => course('Optics', { instance: { status: 'passed', attachments: { ref } } })
    const identified = (value: string, title: string) => ({
      identifier: [{ type: 'local', value }],
      title: [{ value: title }],
    })
    const [report] = documentOf(refs('urn:a-1', 'urn:a-2', 'urn:a-3')).reports
    const { text } = await make({
      ...elmoSample,
      reports: [{ ...report!, attachment: [identified('urn:a-1', 'Thesis')] }],
      attachments: [identified(' urn:a-2', 'Letter')],
    })
    expect(text).toContain('Attachments of it: Thesis, Letter, urn:a-3')
  })

  it('says of an enrolment where, since when, and for which academic year', async () => {
    const academicYear = { start: '2026-08-01', end: '2027-07-31' }
    const enrolmentInstitution = elmoSample.reports[0]!.issuer
    const enrolment = { enrolmentInstitution, enrolmentDate: '2024-08-20', academicYear }
    const { text } = await make(documentOf(course('Physics', { instance: { enrolment } })))
    expectOrder(text, 'Enrolled at Havet University since 2024-08-20', 'Academic year: 2026-08-01 – 2027-07-31')
  })

  it('does not ask for how many had which grade where the document says it in percent', async () => {
    const shortenedGrading = { percentageLower: '60', percentageEqual: '25', percentageHigher: '15' }
    const graded = (more = {}) => documentOf(course('Optics', { instance: { resultLabel: 'B', ...more } }))
    expect((await make(graded())).text).toContain('nor how many students had which')
    expect((await make(graded({ shortenedGrading }))).text).not.toContain('nor how many students had which')
  })

  it('says of what is stated nowhere that it is not stated', async () => {
    const { text } = await make(documentOf(course('Silent', { instance: { date: '2026-01-20' } })))
    expectOrder(text, '1 Silent', 'passed*', '* Not stated: the document does not say how this result ended')
    expect(text).toContain('The document does not say whether this is everything.')
    expect(text).toContain('Nothing in the document says that anything was left out')
    expect(text).not.toContain('ECTS')
  })

  it('calls no part that says nothing passed, where its whole goes on', async () => {
    const parts = [course('Silent', { instance: {} })]
    const { text } = await make(documentOf({ ...course('Study', { instance: { status: 'in-progress' } }), parts }))
    expectOrder(text, '1 Study', 'in progress', '1.1 Silent', 'in progress*', '* Not stated')
    expect(text).not.toContain('passed*')
  })

  it('tells an unsigned PDF from a signed document: nothing is claimed without facts', async () => {
    const { text } = await make(elmoSample)
    expect(text).toContain('Nothing was said here about a signature.')
    expect(text).not.toContain('Signed by')
  })

  it('writes Latin, Greek and Cyrillic so that they can be copied out, one document after another', async () => {
    // The parts of accented letters come alone in the second document only.
    for (const words of [
      ['Έέ Ćć', 'Győr İĞğ'],
      ['Βασίλειος', 'Łódź Šiauliai', 'Київ', 'office fjord flood'],
    ]) {
      const { text } = await make(documentOf(...words.map((word) => course(word))))
      expectOrder(text, ...words)
    }
  })

  it('writes what no font has as a number and says so, never as a box', async () => {
    const { text } = await make(documentOf(course('Emoji 🎓 and 数据')))
    expectOrder(text, '[U+1F393]', '[U+6570]', '[U+636E]', '3 characters are in no font of this PDF.')
  })

  it('has no sentence about missing characters where none is missing', () => {
    expect(pdf.text).not.toContain('in no font')
  })

  it('drops control characters and halves of characters, and keeps the words', async () => {
    const { text } = await make(documentOf(course('Bell\u0007\u0000 and\u200e half\ud800 \u202eturned\u202c')))
    expect(text).toContain('1 Bell and half\ufffd turned')
  })

  it('writes Hebrew and Arabic so that they can be read', async () => {
    const { readable } = await make(
      documentOf(course('מבוא למדעי המחשב', { lang: 'he' }), course('مقدمة في علوم', { lang: 'ar' })),
    )
    expectOrder(readable, 'מבוא למדעי המחשב', 'مقدمة في علوم')
  })

  it('writes digits of Arabic and Persian from left to right, alone and beside their letters', async () => {
    const instance = { date: '2026-01-20', status: 'passed', resultLabel: '۱۸٫۵' }
    const { readable } = await make(documentOf(course('حساب ١٢٣', { lang: 'ar', instance }), course('فارسی۴۵۶')))
    expectOrder(readable, '١٢٣', '۱۸٫۵', '۴۵۶')
  })

  it('breaks what is wider than its column and loses nothing of it', async () => {
    const long = 'x'.repeat(300)
    const { text } = await make(documentOf(course(long)))
    expect(text.replace(/\s/g, '')).toContain(long)
  })

  it('carries a row over as many pages as it takes', async () => {
    const title = Array.from({ length: 2500 }, (_, index) => `word${index}`).join(' ')
    const { text, structure } = await make(documentOf(course(title), course('After it')))
    const words = new Set(text.split(/\s+/))
    expect(title.split(' ').filter((word) => !words.has(word))).toEqual([])
    const begin = structure.findIndex((line) => line.includes('word0 word1'))
    const end = structure.findIndex((line) => line.includes('word2499'))
    // One element on several pages: nothing but its texts and its attributes between its first word and its last.
    expect(structure.slice(begin, end).filter((line) => !/^["/]/.test(line))).toEqual([])
    expectOrder(text, 'word2499', 'After it')
  })
})

describeWith(describe, 'zbarimg', 'the QR code of a transcript, read by zbar', () => {
  it('is the address of the receipt, else its number', async () => {
    expect((await make(elmoSample, { receipt })).codes).toEqual([receipt.url])
    expect((await make(elmoSample, { receipt: { number: 'Ø-7' } })).codes).toEqual(['Ø-7'])
    expect((await make(elmoSample)).codes).toEqual([])
  })
})
