import { gzipSync } from 'node:zlib'
import type { Enrolment, Identity } from '@emrex-gateway/core'
import { packElmo, signElmo, type Elmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { document, signed } from '../../test/signed-documents.js'
import { judgeAnswer, type AnswerJudgement, type AnswerQuestion } from './judge-answer.js'

const signer = await makeThrowawaySigner({ commonName: 'Coast NCP' })
const stranger = await makeThrowawaySigner()

const identity: Identity = {
  provider: 'campus',
  issuer: 'urn:test',
  subject: '1',
  loa: 'low',
  authenticatedAt: '2026-11-02T09:50:00Z',
  names: [{ given: 'Aino', family: 'Esimerkki', kind: 'current' }],
  birthDate: { value: '1952-10-13', precision: 'day' },
  identifiers: [],
  roles: [],
}
const owner: Enrolment = {
  person: 'student-1',
  institution: { code: 'KOTI', title: 'Kotiyliopisto', country: 'FI' },
  learner: { givenNames: 'Aino', familyName: 'Esimerkki', bday: '1952-10-13' },
}

const question = (packed: string | Uint8Array, change: Partial<AnswerQuestion> = {}): AnswerQuestion => ({
  packed: typeof packed === 'string' ? Buffer.from(packed) : packed,
  ncp: {
    id: 'coast',
    name: 'Coast NCP',
    countryCode: 'NO',
    url: 'https://coast.example/ncp',
    institutions: [],
    certificates: [signer.certificate],
  },
  identity,
  owner,
  entryId: 'home',
  startedAt: new Date('2026-11-02T09:45:00Z'),
  receivedAt: new Date('2026-11-02T10:05:00Z'),
  clockSkewMinutes: 5,
  ...change,
})

const packed = (change: Partial<Elmo> = {}, key = signer) => packElmo(signed({ ...document, ...change }, key))
const learner = (change: Partial<Elmo['learner']>): Partial<Elmo> => ({ learner: { ...document.learner, ...change } })
const accepted = (judged: AnswerJudgement) => {
  if ('refused' in judged) throw new Error(`refused: ${judged.refused} ${judged.detail}`)
  return judged
}

describe('judgeAnswer', () => {
  it('gives the document, its match and nothing to look at when all is well', async () => {
    const judged = accepted(await judgeAnswer(question(packed())))
    expect(judged).toMatchObject({ match: { verdict: 'same' }, why: [], deviations: [] })
    expect(judged.document.elmo.learner.familyName).toBe('Esimerkki')
  })

  const xml = signed(document, signer)
  const text = Buffer.from(xml).toString()
  it.each<[string, string | Uint8Array, Partial<AnswerQuestion>, object]>([
    ['what is no packing at all', '%%%', {}, { refused: 'DOC_MALFORMED', detail: 'ELMO_PACKING' }],
    ['what is not XML', packElmo(Buffer.from(text.slice(0, 700))), {}, { refused: 'DOC_MALFORMED' }],
    [
      'a document type',
      packElmo(Buffer.from(text.replace('<elmo', '<!DOCTYPE elmo><elmo'))),
      {},
      { refused: 'DOC_MALFORMED' },
    ],
    ['no signature', text.replace(/<Signature[^]*<\/Signature>/, ''), {}, { refused: 'SIGNATURE_MISSING' }],
    [
      'a changed word',
      text.replace('Aino', 'Aina'),
      {},
      { refused: 'SIGNATURE_BAD', detail: 'ELMO_SIGNATURE_INVALID' },
    ],
    ['a key that nobody named', packed({}, stranger), {}, { refused: 'CERT_UNKNOWN', detail: 'ELMO_SIGNER_UNKNOWN' }],
    [
      'something else than ELMO',
      signElmo(Buffer.from('<other><none/></other>'), signer),
      {},
      { refused: 'DOC_SCHEMA' },
    ],
    [
      'no results',
      packed({ reports: [{ ...document.reports[0]!, learningOpportunitySpecification: [] }] }),
      {},
      { refused: 'NO_RESULTS' },
    ],
    [
      'more than fits',
      gzipSync(Buffer.concat([xml, Buffer.alloc(65 * 1024 * 1024, ' ')])),
      {},
      { refused: 'DOC_TOO_LARGE' },
    ],
  ])('refuses %s by its own code', async (_, answer, change, refusal) => {
    expect(await judgeAnswer(question(answer, change))).toMatchObject(refusal)
  })

  it('takes what is signed by a registered key whose certificate has ended: the registry is the trust', async () => {
    const ended = await makeThrowawaySigner({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') })
    const ncp = { ...question('').ncp, certificates: [ended.certificate] }
    const judged = accepted(await judgeAnswer(question(packed({}, ended), { ncp })))
    expect(judged.why).toEqual([])
    expect(judged.document.report.notices).toContain('certificate-expired')
  })

  it('refuses another person and names the kinds of facts that spoke against them, never the facts', async () => {
    const other = learner({ givenNames: 'Oskar', familyName: 'Testman', bday: '1960-01-01' })
    const judged = await judgeAnswer(question(packed(other)))
    expect(judged).toEqual({
      refused: 'ID_MISMATCH',
      detail: 'another person',
      fields: ['birth-date', 'family', 'given'],
    })
  })

  it('reads the birth date where ELMO 2.0 has it: refuses another person, and takes the right one', async () => {
    const { bday: _obsolete, ...young } = document.learner
    const bornOn = (dateOfBirth: string) => {
      const learner = { ...young, alternativeName: { value: '' }, dateOfBirth }
      return judgeAnswer(question(packElmo(signed({ ...document, learner }, signer, '2.0.0'))))
    }
    expect(await bornOn('1960-01-01')).toMatchObject({ refused: 'ID_MISMATCH', fields: ['birth-date'] })
    expect(accepted(await bornOn('1952-10-13'))).toMatchObject({ match: { verdict: 'same' }, why: [] })
  })

  it('says nothing about a person of a document whose signature does not hold', async () => {
    const other = packed(learner({ givenNames: 'Oskar', familyName: 'Testman', bday: '1960-01-01' }), stranger)
    expect(await judgeAnswer(question(other))).toEqual({ refused: 'CERT_UNKNOWN', detail: 'ELMO_SIGNER_UNKNOWN' })
  })

  it('leaves an unsure person to staff', async () => {
    const judged = accepted(await judgeAnswer(question(packed(learner({ familyName: 'Mallikas' })))))
    expect(judged).toMatchObject({ match: { verdict: 'doubt' }, why: ['match-unsure'] })
  })

  it('completes the record at home by what the login vouches for', async () => {
    const { bday: _, ...withoutBirthDate } = owner.learner
    const incomplete = { ...owner, learner: withoutBirthDate }
    expect(await judgeAnswer(question(packed(), { owner: incomplete }))).toMatchObject({
      match: { verdict: 'same' },
      why: [],
    })
    const { birthDate: __, ...silent } = identity
    const judged = await judgeAnswer(question(packed(), { owner: incomplete, identity: silent }))
    expect(judged).toMatchObject({ why: ['match-unsure'] })
  })

  it.each([
    ['just before the transfer began, within the slack of clocks', '2026-11-02T09:41:00Z', []],
    ['before the transfer began', '2026-11-02T09:39:00Z', ['document-not-fresh']],
    ['long ago', '2025-11-02T10:00:00Z', ['document-not-fresh']],
    ['after it arrived', '2026-11-02T10:11:00Z', ['document-not-fresh']],
    ['now in another zone', '2026-11-02T21:00:00+11:00', []],
    ['long ago for its zone', '2026-11-02T10:00:00+11:00', ['document-not-fresh']],
    ['in an unknown zone that may be now', '2026-11-02T20:00:00', []],
    ['in an unknown zone, on another day', '2026-11-04T10:00:00', ['document-not-fresh']],
  ])('leaves a document to staff unless it was made for this transfer: made %s', async (_, generatedDate, why) => {
    expect(accepted(await judgeAnswer(question(packed({ generatedDate })))).why).toEqual(why)
  })

  it('names every tolerance that it took to open the answer', async () => {
    const wrapped = Buffer.from(xml).toString('base64').replace(/.{76}/g, '$&\r\n')
    expect(accepted(await judgeAnswer(question(wrapped))).deviations).toEqual(['base64-white-space', 'not-gzipped'])
  })

  it('gives the same delivery id to the same document of the same person, and another to any other', async () => {
    const idOf = async (asked: AnswerQuestion) => accepted(await judgeAnswer(asked)).deliveryId
    const answer = packed()
    const id = await idOf(question(answer))
    expect(await idOf(question(xml))).toBe(id)
    expect(await idOf(question(answer, { receivedAt: new Date('2026-11-02T10:06:00Z') }))).toBe(id)
    expect(await idOf(question(answer, { entryId: 'elsewhere' }))).not.toBe(id)
    expect(await idOf(question(answer, { owner: { ...owner, person: 'student-2' } }))).not.toBe(id)
    expect(await idOf(question(packed({ generatedDate: '2026-11-02T10:01:00Z' })))).not.toBe(id)
  })
})
