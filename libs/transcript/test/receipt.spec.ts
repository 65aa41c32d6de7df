import { receiptFile, receiptText, type TransferReceipt } from '@emrex-gateway/core'
import { describeWith, makeThrowawaySigner } from '@emrex-gateway/testing'
import { receiptInPdf, receiptPdf } from '../src/index.js'
import { ReadPdf } from '@emrex-gateway/testing'

const receipt: TransferReceipt = {
  ...{ type: 'emrex-receipt', version: 1, number: 'ABCD-EFGH-JKMN', act: 'sent', at: '2026-11-02T10:00:00.000Z' },
  issuer: { name: 'Πανεπιστήμιο της Ακτής', address: 'https://akti.example/ncp/akti' },
  from: { name: 'Πανεπιστήμιο της Ακτής', country: 'GR' },
  to: { name: 'Uniwersytet Zażółć', address: 'https://home.example' },
  basis: 'The person asked for it.',
  content: {
    institutions: [
      { name: 'Приморски универзитет', results: 1, extent: 'complete' },
      { name: 'Πανεπιστήμιο της Ακτής', results: 3, extent: 'selection' },
    ],
    ...{ results: 4, ects: '20', attachments: 1 },
  },
  document: { sha256: 'ab'.repeat(32), bytes: 1234 },
}

describeWith(describe, 'pdftotext', 'receiptPdf, read by poppler', () => {
  it('says everything of the receipt in order, is tagged, and has a title and a language', async () => {
    const file = receiptFile(receipt, await makeThrowawaySigner())
    const pdf = new ReadPdf(await receiptPdf(file, { language: 'en' }))
    const parts = [
      ...['Receipt: results that were sent', 'ABCD-EFGH-JKMN', '2026-11-02 10:00:00 UTC', 'Ακτής (Greece)'],
      ...['Uniwersytet Zażółć, https://home.example', 'Приморски универзитет: 1 result', '3 results (a selection)'],
      ...['The person asked for it.', 'abababab', 'holds the signed receipt'],
    ]
    const places = parts.map((part) => pdf.text.indexOf(part))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(pdf.structure.some((line) => line.startsWith('H1'))).toBe(true)
    expect(pdf.info).toMatch(/Title:\s+Receipt ABCD-EFGH-JKMN/)
    expect(pdf.info).toMatch(/Tagged:\s+yes/)
    expect(receiptInPdf(await receiptPdf(file, { language: 'en' }))).toBe(receiptText(file))
  })

  it('says of a receipt without a signature that it has none, and gives the same bytes again', async () => {
    const [one, two] = [1, 2].map(() => receiptPdf(receiptFile(receipt), { language: 'en' }))
    expect(new ReadPdf(await one!).text).toContain('This receipt is not signed')
    expect(Buffer.from(await one!).equals(Buffer.from(await two!))).toBe(true)
  })
})

describe('receiptInPdf', () => {
  it('finds nothing where there is none, and is not made to unpack without an end', () => {
    for (const text of ['%PDF-1.7', '%PDF-1.7 /EmbeddedFile', '%PDF-1.7 /EmbeddedFile stream\nx endstream'])
      expect(receiptInPdf(Buffer.from(text))).toBeUndefined()
  })
})
