import { signElmo, verifyElmo, writeElmo, type Elmo, type VerifiedElmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner } from '../throwaway-signer.js'

/** A course with a part, and a course without credits: three items. */
const document: Elmo = {
  generatedDate: '2026-01-01T00:00:00Z',
  learner: { givenNames: 'Ada Marie', familyName: 'Nordmann-Prøve', bday: '1989-06-05' },
  reports: [
    {
      issuer: {
        country: 'PL',
        identifier: [{ type: 'schac', value: 'zielonobrzeg.example' }],
        title: [{ value: 'Uniwersytet Zielonobrzeski', lang: 'pl' }],
        url: 'https://zielonobrzeg.example/',
      },
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'X-1' }],
          title: [{ value: 'Zażółć gęślą jaźń', lang: 'pl' }],
          type: 'Course',
          instance: { date: '2025-06-20', status: 'passed', credit: [{ scheme: 'ects', value: '7.5' }] },
          parts: [
            {
              title: [{ value: '=cmd|whatever', lang: 'en' }],
              type: 'Class',
              instance: { status: 'passed', resultLabel: '5' },
            },
          ],
        },
        {
          identifier: [{ type: 'local', value: 'X-2' }],
          title: [{ value: 'Robert"); DROP TABLE x;--', lang: 'en' }],
          type: 'Course',
          instance: { date: '2025-06-21', status: 'passed' },
        },
      ],
      issueDate: '2026-01-01T00:00:00Z',
    },
  ],
}
export const itemsOfDocument = 3

export interface DeliveredDocument {
  readonly document: VerifiedElmo
  /** Whom the receiver of the delivery trusts. */
  readonly certificate: string
}

let delivered: Promise<DeliveredDocument> | undefined

/** The document that the kit delivers, signed once for each run. */
export const deliveredDocument = (): Promise<DeliveredDocument> => (delivered ??= signAndVerify())

async function signAndVerify(): Promise<DeliveredDocument> {
  const { certificate, ...key } = await makeThrowawaySigner()
  const outcome = verifyElmo(signElmo(writeElmo(document), { certificate, ...key }), {
    certificates: [certificate],
    at: new Date(),
  })
  if (!outcome.verified) throw new Error(outcome.code)
  return { document: outcome.document, certificate }
}
