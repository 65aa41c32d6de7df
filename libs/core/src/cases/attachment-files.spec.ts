import type { Elmo } from '@emrex-gateway/elmo'
import { attachmentFiles } from './attachment-files.js'

const withContents = (...values: string[]): Elmo => ({
  generatedDate: '2026-01-01T00:00:00Z',
  learner: { givenNames: 'Ada', familyName: 'Nordmann' },
  attachments: [{ title: [{ value: 'First' }], content: values.slice(0, 1).map((value) => ({ value })) }],
  reports: [
    {
      issuer: { identifier: [], title: [{ value: 'Fjell' }], url: '' },
      attachment: [{ content: values.slice(1).map((value) => ({ value })) }],
      issueDate: '2026-01-01T00:00:00Z',
    },
  ],
})
const pdf = Buffer.from('%PDF-1.7 zażółć').toString('base64')

describe('attachmentFiles', () => {
  it('gives each content as a file, counted through the document', () => {
    const files = attachmentFiles(withContents(`data:application/pdf;base64,${pdf}`, 'data:text/plain,a%20%C5%BC'))
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['attachment-1.pdf', 'application/pdf'],
      ['attachment-2.txt', 'text/plain'],
    ])
    expect(files.map((file) => Buffer.from(file.bytes()).toString())).toEqual(['%PDF-1.7 zażółć', 'a ż'])
  })

  it('knows a PDF whose producer left out what stands before it, and line breaks inside', () => {
    const [file] = attachmentFiles(withContents(`\n ${pdf.slice(0, 8)}\r\n${pdf.slice(8)}`))
    expect([file!.name, Buffer.from(file!.bytes()).toString()]).toEqual(['attachment-1.pdf', '%PDF-1.7 zażółć'])
  })

  it.each(['text/html', 'image/svg+xml', 'application/x-msdownload', '', '../../x', 'constructor', 'TEXT/HTML'])(
    'lets no sender choose what opens it: %j',
    (type) => {
      const [file] = attachmentFiles(withContents(`data:${type};base64,${pdf}`))
      expect([file!.name, file!.mediaType]).toEqual(['attachment-1.bin', 'application/octet-stream'])
    },
  )

  it('gives nothing where there is nothing', () => {
    expect(attachmentFiles(withContents())).toEqual([])
  })
})
