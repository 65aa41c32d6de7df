import { SisError, type Identity, type SisConnection } from '@emrex-gateway/core'
import type { Elmo, Report } from '@emrex-gateway/elmo'
import { collectResults } from './collect-results.js'
import { withAttachments, type AttachmentPlace } from './read-results.js'

const bytes: Readonly<Record<string, readonly string[] | 'down'>> = {
  one: ['%PDF', '-1'],
  two: ['%PDF-2'],
  bad: 'down',
}
const opened: string[] = []
const source = (id: string): SisConnection => ({
  id,
  source: {
    can: { findBy: [], failed: false, inProgress: false },
    institutions: async () => [],
    find: async () => [],
    async *reports() {},
    async *openAttachment({ person }, { key }) {
      opened.push(`${person} ${key}`)
      const pieces = bytes[key]!
      if (pieces === 'down') throw new SisError('unavailable', 'down', { connection: id })
      for (const piece of pieces) yield Buffer.from(piece)
    },
  },
  check: async () => ({ ok: true, findings: [] }),
  close: async () => {},
})
const place = (key: string): AttachmentPlace => ({
  connection: 'sis',
  enrolment: {
    person: 'p-1',
    institution: { code: 'u', title: 'University' },
    learner: { givenNames: 'Ada', familyName: 'Test' },
  },
  attachment: { id: `u/${key}`, key, mediaType: 'application/pdf' },
})
const attachment = (key: string) => ({
  identifier: [{ type: 'internal', value: `u/${key}` }],
  title: [{ value: `Paper ${key}` }],
  content: [{ value: '' }],
})
const report = (...keys: string[]): Report => ({
  issuer: {
    identifier: [{ type: 'schac', value: 'university.example' }],
    title: [{ value: 'U' }],
    url: 'https://u.example/',
  },
  issueDate: '2026-01-01T00:00:00Z',
  learningOpportunitySpecification: [
    {
      title: [{ value: 'Course' }],
      instance: { status: 'passed', attachments: { ref: keys.map((key) => `u/${key}`) } },
    },
  ],
  attachment: keys.map(attachment),
})
const elmo = (...reports: Report[]): Elmo => ({
  generatedDate: '2026-01-01T00:00:00Z',
  learner: { givenNames: 'Ada', familyName: 'Test' },
  reports,
})
function fill(
  document: Elmo,
  change: { maxBytes?: number; withoutUnread?: boolean; places?: AttachmentPlace[]; sources?: SisConnection[] } = {},
) {
  const told: string[] = []
  opened.length = 0
  const { places = ['one', 'two', 'bad'].map(place), ...order } = change
  const filled = withAttachments(document, places, {
    ...{ sources: [source('other'), source('sis')], maxBytes: 1000, withoutUnread: false },
    context: () => ({ signal: new AbortController().signal, languages: ['en'], reference: 'r' }),
    failed: (connection, error) => void told.push(`${connection} ${(error as SisError).kind}`),
    ...order,
  })
  return filled.then((result) => ({ result, told }))
}
const contents = (document: Elmo) =>
  document.reports.flatMap(({ attachment: list = [] }) => list.map(({ content }) => content![0]!.value))

describe('withAttachments', () => {
  it('reads the contents of what is in the document, and of nothing else', async () => {
    const { result } = await fill(elmo(report('one')))
    expect(contents((result as { elmo: Elmo }).elmo)).toEqual([
      `data:application/pdf;base64,${Buffer.from('%PDF-1').toString('base64')}`,
    ])
    expect(opened).toEqual(['p-1 one'])
  })

  it('leaves contents alone that are there', async () => {
    const there = report('one')
    there.attachment![0]!.content = [{ value: 'data:,here' }]
    const { result } = await fill(elmo(there))
    expect(contents((result as { elmo: Elmo }).elmo)).toEqual(['data:,here'])
    expect(opened).toEqual([])
  })

  it('names those that cannot be read, and tells the operator where', async () => {
    const { result, told } = await fill(elmo(report('one', 'bad')))
    expect(result).toEqual({ unread: ['Paper bad'] })
    const untitled = report('bad')
    untitled.attachment = [{ ...attachment('bad'), title: [{ value: ' ' }], type: 'Diploma' }]
    expect((await fill(elmo(untitled))).result).toEqual({ unread: ['Diploma'] })
    expect(told).toEqual(['sis unavailable'])
  })

  it('leaves those out that cannot be read when the person says so, and nothing refers to them', async () => {
    const { result } = await fill(elmo(report('one', 'bad'), report('bad')), { withoutUnread: true })
    const { reports } = (result as { elmo: Elmo }).elmo
    const refs = reports.map((one) => one.learningOpportunitySpecification![0]!.instance.attachments?.ref)
    expect(refs).toEqual([['u/one'], undefined])
    expect(reports.map(({ attachment: list }) => list?.length)).toEqual([1, undefined])
  })

  it('takes no more bytes than fit into a document', async () => {
    expect((await fill(elmo(report('one', 'two')), { maxBytes: 11 })).result).toEqual({ unread: ['Paper two'] })
    expect((await fill(elmo(report('one', 'two')), { maxBytes: 12 })).result).toHaveProperty('elmo')
  })

  it('says so when nobody knows any more where to read it', async () => {
    expect((await fill(elmo(report('one')), { places: [] })).result).toEqual({ unread: ['Paper one'] })
  })

  it('reads each from its own source where two name theirs alike', async () => {
    const number = '131052-308T'
    const learner = {
      ...{ givenNames: 'Ada', familyName: 'Test' },
      identifier: [{ type: 'nationalIdentifier', value: number }],
    }
    const holding = (key: string): SisConnection => {
      const { source: empty, ...sis } = source(key)
      const institution = { code: 'u', title: key, country: 'FI' }
      const lazyAttachments = [{ id: 'u/7', key, mediaType: 'application/pdf' }]
      const held = JSON.parse(JSON.stringify(report(key)).replaceAll(`u/${key}`, 'u/7')) as Report
      return {
        ...sis,
        source: {
          ...empty!,
          find: async () => [{ person: key, institution, learner }],
          async *reports() {
            yield { ...held, lazyAttachments }
          },
        },
      }
    }
    const sources = ['one', 'two'].map(holding)
    const identity: Identity = {
      ...{ provider: 'eid', issuer: 'urn:test', subject: '1', loa: 'high', authenticatedAt: '2026-01-01T00:00:00Z' },
      ...{ names: [{ given: 'Ada', family: 'Test', kind: 'current' }], roles: [] },
      identifiers: [{ scheme: 'national:FI', value: number, persistence: 'lifelong' }],
    }
    const collected = await collectResults(identity, sources, {
      ...{ want: { failed: false, inProgress: false }, deadline: AbortSignal.timeout(10_000) },
      ...{ reference: 'test', now: new Date() },
    })
    const { elmo: document, attachments } = collected as Extract<typeof collected, { elmo: Elmo }>
    const { result } = await fill(document, { places: [...attachments], sources })
    const { reports } = (result as { elmo: Elmo }).elmo
    const base64 = (text: string) => `data:application/pdf;base64,${Buffer.from(text).toString('base64')}`
    expect(contents({ ...document, reports })).toEqual([base64('%PDF-1'), base64('%PDF-2')])
    for (const { learningOpportunitySpecification: [los] = [], attachment } of reports)
      expect(los!.instance.attachments!.ref).toEqual([attachment![0]!.identifier![0]!.value])
  })
})
