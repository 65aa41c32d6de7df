import type { IncomingMessage } from 'node:http'
import { readForm } from './read-form.js'

/** A request that a body parser of the application has read to its end. */
const parsed = (body: unknown, type = 'application/x-www-form-urlencoded'): IncomingMessage =>
  ({ headers: { 'content-type': type }, readableEnded: true, body, resume() {} }) as unknown as IncomingMessage
const limits = { maxBytes: 1000 }

describe('readForm, behind a body parser of the application', () => {
  it('takes the fields that were read', async () => {
    expect([...(await readForm(parsed({ sessionId: '1', empty: '' }), limits))]).toEqual([
      ['sessionId', '1'],
      ['empty', ''],
    ])
    expect((await readForm(parsed(undefined), limits)).size).toBe(0)
  })

  it('refuses a field that stood twice, one with parts, and another content type', async () => {
    for (const body of [{ sessionId: ['1', '2'] }, { sessionId: { a: '1' } }])
      await expect(readForm(parsed(body), limits)).rejects.toMatchObject({ code: 'REQUEST_MALFORMED' })
    await expect(readForm(parsed({ sessionId: '1' }, 'application/json'), limits)).rejects.toMatchObject({
      code: 'REQUEST_MALFORMED',
    })
  })
})
