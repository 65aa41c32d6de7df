import type { Delivery } from '@emrex-gateway/core'
import type { Elmo } from '@emrex-gateway/elmo'
import { filesOf } from './files-of.js'

const elmo: Elmo = {
  generatedDate: '2026-01-01T00:00:00Z',
  learner: { givenNames: 'Ada', familyName: 'Nordmann' },
  reports: [
    {
      issuer: { identifier: [{ type: 'schac', value: 'fjell.example' }], title: [{ value: 'Fjell' }], url: '' },
      issueDate: '2026-01-01T00:00:00Z',
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'MAT 1/2' }],
          title: [
            { value: 'Matematikk', lang: 'nb' },
            { value: 'Mathematics', lang: 'en-GB' },
          ],
          instance: {
            status: 'passed',
            resultLabel: 'B',
            gradingSchemeLocalId: 'AF',
            date: '2025-06-20+02:00',
            credit: [{ scheme: 'ECTS', value: '0' }],
            languageOfInstruction: 'nb',
            academicTerm: { title: [{ value: 'Vår 2025' }], start: '2025-01-01', end: '2025-06-30' },
          },
          parts: [{ title: [{ value: 'Lab' }], instance: { credit: [{ scheme: 'hours', value: '40' }] } }],
        },
        { title: [{ value: '', lang: 'en' }, { value: 'Uten alt' }], instance: {} },
      ],
    },
  ],
}
const delivery = {
  id: 'delivery-one',
  owner: {
    person: '123456',
    institution: { code: 'uczelnia.example', title: 'Uczelnia', schac: 'uczelnia.example' },
    learner: { givenNames: 'Ada Marie', familyName: 'Nordmann', bday: '1989-06-05' },
  },
  match: { verdict: 'same', reasons: ['identifier-shared'] },
  origin: { ncp: 'Fjell NCP', country: 'NO', receivedAt: '2026-01-02T03:04:05.000Z' },
  document: { elmo },
} as unknown as Delivery

describe('filesOf', () => {
  const [file, ...others] = filesOf(delivery)
  const content = JSON.parse(file!.text) as { items: Record<string, unknown>[] }

  it('is one table for the office, with who it is about and where it came from', () => {
    expect(others).toEqual([])
    expect(file).toMatchObject({ name: 'decision-items.json', mediaType: 'application/json' })
    expect(content).toMatchObject({
      delivery: 'delivery-one',
      receivedAt: '2026-01-02T03:04:05.000Z',
      from: { ncp: 'Fjell NCP', country: 'NO' },
      student: { usosUserId: '123456', familyName: 'Nordmann', institution: 'uczelnia.example' },
      match: { verdict: 'same', reasons: ['identifier-shared'] },
    })
    // The office has the date of birth; a file that is passed on needs it once less.
    expect(file!.text).not.toContain('1989')
  })

  it('keeps texts as they are, zero apart from nothing, and parts apart from wholes', () => {
    expect(content.items).toMatchObject([
      {
        number: 1,
        partOf: null,
        institution: 'fjell.example',
        courseId: 'MAT 1/2',
        name: { original: 'Matematikk', en: 'Mathematics', pl: null },
        ects: '0',
        otherCredits: null,
        grade: 'B',
        gradingScale: 'AF',
        status: 'passed',
        date: '2025-06-20',
        term: 'Vår 2025',
        language: 'nb',
      },
      { number: 2, partOf: 1, courseId: null, ects: null, otherCredits: { unit: 'hours', value: '40' } },
      {
        number: 3,
        partOf: null,
        name: { original: 'Uten alt', en: null, pl: null },
        grade: null,
        ects: null,
        status: null,
        date: null,
      },
    ])
  })
})
