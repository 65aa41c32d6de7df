import type { Delivery } from '@emrex-gateway/core'
import { signElmo, verifyElmo, writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner } from '@emrex-gateway/testing'

const document: Elmo = {
  generatedDate: '2026-01-01T00:00:00Z',
  learner: { givenNames: 'Ada Marie', familyName: 'Nordmann-Prøve', bday: '1989-06-05' },
  reports: [
    {
      issuer: {
        country: 'PL',
        identifier: [
          { type: 'schac', value: 'zielonobrzeg.example' },
          { type: 'erasmus', value: 'PL ZIELON01' },
        ],
        title: [{ value: 'Uniwersytet Zielonobrzeski', lang: 'pl' }],
        url: 'https://zielonobrzeg.example/',
      },
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'X-1' }],
          title: [
            { value: 'Zażółć', lang: 'pl' },
            { value: 'Yellow', lang: 'en' },
          ],
          type: 'Course',
          instance: {
            date: '2025-06-20+02:00',
            status: 'passed',
            credit: [{ scheme: 'ects', value: '7.50' }],
            level: [{ type: 'EQF', value: '6' }],
            resultLabel: '4,5',
          },
          parts: [
            { title: [{ value: 'A part' }], instance: { status: 'failed', credit: [{ scheme: 'hours', value: '0' }] } },
          ],
        },
      ],
      issueDate: '2026-01-01T00:00:00Z',
    },
  ],
}

/** One course with a part, from Poland, signed by a key made for it. */
export async function sampleDelivery(): Promise<Delivery> {
  const signer = await makeThrowawaySigner()
  const signed = signElmo(writeElmo(document), signer)
  const outcome = verifyElmo(signed, { certificates: [signer.certificate], at: new Date() })
  if (!outcome.verified) throw new Error(outcome.code)
  return {
    id: 'delivery-one',
    owner: {
      person: '8500101',
      institution: { code: '9901', title: 'First' },
      learner: { givenNames: 'Ada Marie', familyName: 'Nordmann-Prøve' },
    },
    match: { verdict: 'same', reasons: ['identifier-shared'] },
    origin: { ncp: 'Gora NCP', country: 'PL', receivedAt: '2026-01-02T03:04:05.000Z' },
    document: outcome.document,
    trust: { certificates: [signer.certificate] },
  }
}
