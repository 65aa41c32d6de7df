import type { RegistryEntry } from '@emrex-gateway/core'
import { answerFor, describeWith, makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import { askNcp, takeAnswer, type ExpectedPerson } from './take-answer.js'

const aino: ExpectedPerson = {
  id: '1',
  givenNames: 'Aino Ilona',
  familyName: 'Esimerkki-Öberg',
  birthDate: '1952-10-13',
}
const later = (asked: { readonly askedAt: string }, hours: number) =>
  new Date(Date.parse(asked.askedAt) + hours * 3_600_000)

describe('askNcp', () => {
  it('gives the form and what to keep, under a number of its own each time', () => {
    const ncp = { url: 'https://ncp.example/start' } as RegistryEntry
    const [one, other] = [askNcp(ncp, 'https://us.example/return'), askNcp(ncp, 'https://us.example/return')]
    const { sessionId } = one.asked
    expect(one.post).toEqual({
      ...{ kind: 'post', url: ncp.url, fields: { sessionId, returnUrl: 'https://us.example/return' } },
    })
    expect(other.asked.sessionId).not.toBe(sessionId)
    expect(JSON.parse(JSON.stringify(one.asked))).toEqual(one.asked)
    expect(() => askNcp(ncp, '/return')).toThrow(/whole address/)
  })
})

describeWith(describe, 'xmlsec1', 'takeAnswer', () => {
  let signer: ThrowawaySigner
  const ask = () =>
    askNcp(
      {
        ...{ id: 'x', name: 'X', countryCode: 'FI', url: 'https://ncp.example/', institutions: [] },
        certificates: [signer.certificate],
      },
      'https://us.example/return',
    ).asked
  const answer = async (sessionId: string) =>
    Object.entries((await answerFor({ sessionId }, { mode: 'success', signer }))!)

  beforeAll(async () => {
    signer = await makeThrowawaySigner()
  })

  it('gives the document of the person, with the match', async () => {
    const asked = ask()
    const taken = await takeAnswer(await answer(asked.sessionId), { asked, person: aino })
    expect(taken).toMatchObject({ match: { verdict: 'same' }, why: [] })
    expect(taken.refused ?? taken.document.elmo.learner.familyName).toBe('Esimerkki-Öberg')
  })

  it('never calls it the same person without a birth date', async () => {
    const asked = ask()
    const { birthDate: _unknown, ...person } = aino
    const taken = await takeAnswer(await answer(asked.sessionId), { asked, person })
    expect(taken).toMatchObject({ match: { verdict: 'doubt' }, why: ['match-unsure'] })
  })

  it('refuses an answer to another request, one that comes after a day, and a form with a field twice', async () => {
    const [asked, other] = [ask(), ask()]
    const fields = await answer(asked.sessionId)
    expect(await takeAnswer(fields, { asked: other, person: aino })).toMatchObject({ refused: 'SESSION_UNKNOWN' })
    expect(await takeAnswer(fields, { asked, person: aino, now: later(asked, 25) })).toMatchObject({
      refused: 'USER_GONE',
    })
    const twice = await takeAnswer([...fields, fields[0]!], { asked, person: aino })
    expect(twice).toMatchObject({ refused: 'ANSWER_MALFORMED' })
    expect(await takeAnswer([], { asked, person: aino })).toMatchObject({ refused: 'ANSWER_MALFORMED' })
  })

  it('gives the same document for the same person the same delivery id, and another person another', async () => {
    const asked = ask()
    const fields = await answer(asked.sessionId)
    const idFor = async (person: ExpectedPerson) => {
      const taken = await takeAnswer(fields, { asked, person })
      return taken.refused ?? taken.deliveryId
    }
    expect(await idFor(aino)).toBe(await idFor(aino))
    expect(await idFor({ ...aino, id: '2' })).not.toBe(await idFor(aino))
  })

  it('tells what the NCP said where there is no document', async () => {
    const asked = ask()
    const fields = { sessionId: asked.sessionId, returnCode: 'NCP_ERROR', returnMessage: 'closed today' }
    expect(await takeAnswer(Object.entries(fields), { asked, person: aino })).toEqual({
      ...{ refused: 'NCP_ERROR', detail: 'ERROR', said: 'closed today' },
    })
  })
})
