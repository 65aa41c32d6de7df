import { jest } from '@jest/globals'
import { describeWith, findCjkFont, ReadPdf } from '@emrex-gateway/testing'
import { transcriptMaker, type FontFile } from '../src/index.js'
import { course, documentOf } from './invented-documents.js'

jest.setTimeout(60_000)
const titles = { zh: '数据库系统原理', ja: 'データベース入門', ko: '데이터베이스 개론' }
const elmo = documentOf(...Object.entries(titles).map(([lang, title]) => course(`${title} I`, { lang })))
const make = async (fonts: readonly FontFile[]) =>
  new ReadPdf(await transcriptMaker({ fonts })({ elmo }, { language: 'zh', made: new Date(0) }))

describeWith(describe, 'pdftotext', 'a transcript with Chinese, Japanese and Korean', () => {
  it('is made without a font that has them: each character is a number, and a sentence says so', async () => {
    const { text } = await make([])
    expect(text.replaceAll(' ', '')).toContain('[U+6570][U+636E][U+5E93]')
    expect(text).toContain('characters are in no font of this PDF.')
    expect(text).toContain('The ELMO document has the text as it was written.')
  })

  describeWith(describe, 'cjk-font', 'and a font that has them', () => {
    it('has the characters, so that they can be read and copied out, and only those that are used', async () => {
      const pdf = await make([findCjkFont()!])
      const text = pdf.text.replaceAll(' ', '')
      for (const title of Object.values(titles)) expect(text).toContain(`${title.replaceAll(' ', '')}I`)
      expect(text).not.toMatch(/\[U\+|innofont/)
      expect(pdf.languages).toEqual(expect.arrayContaining(['zh', 'ja', 'ko']))
      expect(pdf.raw.length).toBeLessThan(200_000)
    })
  })
})
