import type { Notice } from '@emrex-gateway/core'
import type { FsClient } from './fs-client.js'
import { fsSettings } from './fs-settings.js'
import { createProofReader } from './read-proofs.js'

const settings = fsSettings.parse({
  organisasjonskode: '9901',
  auth: { kind: 'bearer', tokenFile: 'token' },
  institution: { title: 'First' },
})
const degree = {
  __typename: 'OppnaddKvalifikasjon',
  ...{ id: 'one', gyldig: true, gradkode: 'BACH', oppnaddDato: '2024-06-14' },
}
const context = { signal: new AbortController().signal, languages: [], reference: 'test' }

/** An FS that gives the pages one after the other, the last one again and again. */
function fsOf(
  pages: readonly { readonly nodes: readonly object[]; readonly pageInfo: object }[],
): FsClient & { readonly asked: number } {
  let asked = 0
  return {
    get asked() {
      return asked
    },
    settings,
    connection: 'fs',
    ask: async (_query, _variables, shape) => shape.parse({ proofs: pages[Math.min(asked++, pages.length - 1)] }),
  }
}

describe('read', () => {
  it('ends where the pages of FS do not', async () => {
    const circle = { nodes: [degree], pageInfo: { hasNextPage: true, endCursor: 'same' } }
    const noCursor = { nodes: [degree], pageInfo: { hasNextPage: true, endCursor: null } }
    for (const page of [circle, noCursor]) {
      const fs = fsOf([page])
      await expect(createProofReader(fs).read('1', context, [])).rejects.toMatchObject({
        kind: 'bad-data',
        message: 'the pages of FS do not end',
      })
      expect(fs.asked).toBeLessThanOrEqual(2)
    }
  })

  it('gives a proof once that stands on two pages, and tells of a kind that it does not know', async () => {
    const notices: Notice[] = []
    const proofs = await createProofReader(
      fsOf([
        { nodes: [degree, { __typename: 'Mikrokvalifikasjon' }], pageInfo: { hasNextPage: true, endCursor: 'next' } },
        { nodes: [degree], pageInfo: { hasNextPage: false, endCursor: null } },
      ]),
    ).read('1', context, notices)
    expect(proofs.map(({ id }) => id)).toEqual(['one'])
    expect(notices).toEqual([{ notice: 'type-unknown' }])
  })
})
