import { writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { officialProblemsOf } from './official-problems-of.js'
import { describeWith, describeWithShared } from './optional-tests.js'

const elmo: Elmo = {
  generatedDate: '2026-01-01T00:00:00Z',
  learner: { givenNames: 'Ada', familyName: 'Prøve' },
  reports: [
    {
      issuer: {
        identifier: [{ type: 'schac', value: 'first.example' }],
        title: [{ value: 'First', lang: 'en' }],
        url: 'https://first.example/',
      },
      learningOpportunitySpecification: [{ title: [{ value: 'Botany' }], instance: { status: 'passed' } }],
      issueDate: '2026-01-01T00:00:00Z',
    },
  ],
}
const withoutLearner = Buffer.from(
  Buffer.from(writeElmo(elmo))
    .toString()
    .replace(/<learner>[^]*<\/learner>/, ''),
)

describeWithShared(describe, 'the official schema, asked by the kits', () => {
  describeWith(describe, 'xmllint', 'and xmllint', () => {
    it('finds nothing in valid documents, and names the one that is not', () => {
      expect(officialProblemsOf([elmo, writeElmo(elmo)])).toEqual([])
      expect(officialProblemsOf([elmo, withoutLearner]).at(-1)).toMatch(/^1\.xml fails to validate$/)
    })
  })
})
