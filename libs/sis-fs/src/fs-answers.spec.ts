import { proofsAnswer } from './fs-answers.js'

const page = (...nodes: object[]) => ({ proofs: { pageInfo: { hasNextPage: false, endCursor: null }, nodes } })
const degree = {
  __typename: 'OppnaddKvalifikasjon',
  id: 'one',
  gyldig: true,
  gradkode: 'BACH',
  oppnaddDato: '2024-06-14',
}

describe('proofsAnswer', () => {
  it('takes null and nothing for the same', () => {
    const bare = proofsAnswer.parse(page(degree))
    expect(proofsAnswer.parse(page({ ...degree, vekting: null, children: null, larested: null }))).toEqual(bare)
  })

  it('reads decimals as text, however they are written', () => {
    const weighed = (verdi: unknown) => proofsAnswer.parse(page({ ...degree, vekting: { verdi } })).proofs.nodes[0]
    expect(weighed(7.5)).toMatchObject({ vekting: { verdi: '7.5' } })
    expect(weighed('7.50')).toMatchObject({ vekting: { verdi: '7.50' } })
    expect(weighed(0)).toMatchObject({ vekting: { verdi: '0' } })
  })

  it('knows that a proof of another kind is there, and does not take a broken one for it', () => {
    expect(proofsAnswer.parse(page(degree, { __typename: 'Mikrokvalifikasjon', id: 'new' })).proofs.nodes[1]).toBe(
      'other kind',
    )
    expect(proofsAnswer.safeParse(page({ ...degree, gyldig: 'yes' })).success).toBe(false)
    expect(proofsAnswer.safeParse(page({ ...degree, gradkode: undefined })).success).toBe(false)
  })
})
