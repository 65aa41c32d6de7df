import { z } from 'zod'
import { askForm } from './ask-form.js'

const form = z.object({ people: z.array(z.object({ born: z.string() })) })
const ask = (body: string) =>
  askForm({ fetch: async () => new Response(body), connection: 'sis' }, { url: 'https://sis.example/' }, form, {
    signal: new AbortController().signal,
  })

describe('askForm', () => {
  it('gives an answer of the form', async () => {
    expect(await ask('{"people":[{"born":"1989-06-05","more":1}]}')).toEqual({ people: [{ born: '1989-06-05' }] })
  })

  it('says which field another answer breaks, and nothing that stands in it', async () => {
    const failure: unknown = await ask('{"people":[{"born":19890605}]}').catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'SisError', kind: 'bad-data', info: { connection: 'sis', status: 200 } })
    expect((failure as Error).message).toBe('the answer of the system has another form (people.born)')
  })
})
