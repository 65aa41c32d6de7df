import { SisError } from '@emrex-gateway/core'
import { z } from 'zod'
import { askFor } from './ask-call.js'
import type { RestClient } from './open-client.js'

const institutions = z.object({ title: z.string() })
const context = { signal: new AbortController().signal, languages: ['en'], reference: 'r' }

function ask(charset: string, encoding: BufferEncoding) {
  const headers = { 'content-type': `application/json${charset}` }
  const body = Uint8Array.from(Buffer.from('{"title":"Universität"}', encoding))
  const client: RestClient = {
    connection: 'sis',
    address: (path) => new URL(path, 'https://sis.example/'),
    fetch: async () => new Response(body, { headers }),
    fetchAttachment: async () => new Response(),
  }
  return askFor(client, { path: 'institutions' }, institutions, context)
}

describe('askFor', () => {
  it.each(['', ';charset=UTF-8', '; charset="utf-8"'])(
    'reads an answer in UTF-8, however it says so: %p',
    async (said) => {
      expect(await ask(said, 'utf8')).toEqual({ title: 'Universität' })
    },
  )

  it('refuses an answer in other letters, and never gives names without their accents', async () => {
    const failure: unknown = await ask(';charset=ISO-8859-1', 'latin1').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SisError)
    expect(failure).toMatchObject({ kind: 'bad-data', message: 'the answer of the system is not in UTF-8' })
  })
})
