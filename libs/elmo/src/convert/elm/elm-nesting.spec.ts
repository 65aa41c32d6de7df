import type { Elmo, LearningOpportunitySpecification } from '../../model.js'
import { readElmo } from '../../document/read-elmo.js'
import { writeElmo } from '../../document/write-elmo.js'
import { convertElmo } from '../convert-elmo.js'
import { fromElm } from './from-elm.js'
import { toElm } from './to-elm.js'

const course = (title: string): LearningOpportunitySpecification => ({
  identifier: [{ type: 'local', value: title }],
  title: [{ lang: 'en', value: title }],
  type: 'Course',
  instance: { status: 'passed' },
})

function nested(depth: number): Elmo {
  let los = course('inner')
  for (let level = 0; level < depth; level++) los = { ...course('outer'), parts: [los] }
  const issuer = {
    country: 'NO',
    identifier: [{ type: 'schac', value: 'uni.example' }],
    title: [{ lang: 'en', value: 'Example University' }],
    url: 'https://uni.example/',
  }
  return {
    generatedDate: '2026-03-02T09:30:00Z',
    learner: { givenNames: 'Ane', familyName: 'Vik', bday: '1999-02-28' },
    reports: [{ issuer, learningOpportunitySpecification: [los], issueDate: '2026-03-02T09:30:00Z' }],
  }
}

describe('parts of parts', () => {
  it('are written by toElm as deeply as fromElm and a reader of XML take them', () => {
    const read = (elmo: Elmo) => readElmo(Buffer.from(writeElmo(elmo, { release: '1.7.0' })))
    const there = (elmo: Elmo) =>
      toElm(elmo, { credentialId: (index) => `urn:credential:example-${index}` }).credentials
    const deepest = nested(28)
    expect(read(deepest).problems).toEqual([])
    const { elmo } = fromElm(there(deepest))
    expect(read(convertElmo(elmo, '1.7.0').elmo).problems).toEqual([])
    expect(() => fromElm(there(nested(30)))).toThrow('nested too deeply')
    expect(() => read(nested(30))).toThrow()
  })
})
