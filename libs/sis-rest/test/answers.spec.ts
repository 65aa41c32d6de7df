import type { SisErrorKind } from '@emrex-gateway/core'
import { restSubjectOf, type SisReply } from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { openRest } from './rest-under-test.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'answers' }

async function failureFor(reply: SisReply, settings: object = {}): Promise<unknown> {
  const { connection, close } = await openRest({ instead: () => reply }, settings)
  try {
    const subject = restSubjectOf(studentOf('ada'))
    const [enrolment] = await connection.source!.find(subject, context)
    for await (const _ of connection.source!.reports(enrolment!, { failed: true, inProgress: true }, context, subject));
    return undefined
  } catch (error) {
    return error
  } finally {
    await close()
  }
}

const problem = (status: number, body: object | string): SisReply => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const json = (body: string): SisReply => ({ headers: { 'content-type': 'application/json' }, body })
const lines = (body: string): SisReply => ({ headers: { 'content-type': 'application/x-ndjson' }, body })

describe('what a system answers', () => {
  it.each<[string, SisReply, SisErrorKind]>([
    ['a problem by its kind alone', problem(404, { type: 'unknown-person' }), 'unknown-person'],
    ['a problem by an address', problem(400, { type: 'https://sis.example/problems/expired' }), 'expired'],
    ['a problem of another kind by its status', problem(503, { type: 'about:blank' }), 'unavailable'],
    ['a problem that is no JSON by its status', problem(403, '<html>'), 'forbidden'],
    ['a status without a problem', { status: 404, body: '' }, 'bad-data'],
    ['lines that end without an end', lines('{"notice":"partly-read"}\n'), 'bad-data'],
    ['no lines', lines(''), 'bad-data'],
    ['a line of something else', lines('{"reports":[]}\n{"end":true}\n'), 'bad-data'],
    ['JSON of something else', json('{"results":[]}'), 'bad-data'],
    [
      'a document type that would be read by XML parsers',
      { headers: { 'content-type': 'text/xml' }, body: '<!DOCTYPE e [<!ENTITY a "b">]><elmo>&a;</elmo>' },
      'bad-data',
    ],
    [
      'XML in another encoding',
      { headers: { 'content-type': 'text/xml' }, body: '<?xml version="1.0" encoding="ISO-8859-1"?><elmo/>' },
      'bad-data',
    ],
    ['another media type', { headers: { 'content-type': 'application/pdf' }, body: 'x' }, 'bad-data'],
  ])('%s', async (_, reply, kind) => {
    expect(await failureFor(reply)).toMatchObject({ name: 'SisError', kind })
  })

  it('gives the code of a problem to the operator, and no text of it to anybody', async () => {
    const failure = await failureFor(problem(422, { type: 'refused', code: 'TERM-CLOSED', title: 'Ada may not' }))
    expect(failure).toMatchObject({ kind: 'refused', info: { upstreamCode: 'TERM-CLOSED', status: 422 } })
    expect(JSON.stringify(failure) + String(failure)).not.toContain('Ada')
  })

  it('refuses an attachment that is larger than the settings allow, before it is whole', async () => {
    const { connection, close } = await openRest({}, { attachmentMaxBytes: 100_000 })
    try {
      const attachment = { id: 'a', key: `paper/${studentOf('lova').number}?`, mediaType: 'application/pdf' }
      const subject = restSubjectOf(studentOf('lova'))
      const [enrolment] = await connection.source!.find(subject, context)
      let bytes = 0
      const reading = async () => {
        for await (const piece of connection.source!.openAttachment!(enrolment!, attachment, context))
          bytes += piece.length
      }
      await expect(reading()).rejects.toMatchObject({ name: 'SisError', kind: 'bad-data' })
      expect(bytes).toBeLessThanOrEqual(100_000)
      const gone = { ...attachment, key: 'nowhere' }
      const opening = connection.source!.openAttachment!(enrolment!, gone, context)[Symbol.asyncIterator]().next()
      await expect(opening).rejects.toMatchObject({ kind: 'unknown-person' })
    } finally {
      await close()
    }
  })

  it('is not searched by claims that the settings leave out', async () => {
    const { sis, connection, close } = await openRest({}, { findBy: ['esi'] })
    try {
      const { claims: national } = restSubjectOf(studentOf('ada'), 'nationalId')
      const before = sis.requests
      expect(await connection.source!.find({ claims: national }, context)).toEqual([])
      expect(sis.requests).toBe(before)
      const { claims } = restSubjectOf(studentOf('ada'))
      await connection.source!.find({ claims: [...national, ...claims] }, context)
      expect(sis.seen.at(-1)!.request.body.toString()).not.toContain('nationalId')
    } finally {
      await close()
    }
  })
})
