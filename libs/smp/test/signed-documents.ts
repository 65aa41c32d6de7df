import {
  signElmo,
  verifyElmo,
  writeElmo,
  type Elmo,
  type Release,
  type SigningKey,
  type VerifiedElmo,
} from '@emrex-gateway/elmo'

/** An invented person's document, as an NCP would write it. */
export const document: Elmo = {
  generatedDate: '2026-11-02T10:00:00Z',
  learner: {
    identifier: [{ type: 'nationalIdentifier', value: '131052-308T' }],
    givenNames: 'Aino',
    familyName: 'Esimerkki',
    bday: '1952-10-13',
  },
  reports: [
    {
      issuer: {
        country: 'NO',
        identifier: [{ type: 'schac', value: 'coast.example' }],
        title: [{ value: 'University of the Coast', lang: 'en' }],
        url: 'https://coast.example/',
      },
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'CS-A1110' }],
          title: [{ value: 'Johdatus ohjelmointiin', lang: 'fi' }],
          type: 'Course',
          instance: { status: 'passed', date: '2026-05-14', credit: [{ scheme: 'ects', value: '5' }] },
        },
      ],
      issueDate: '2026-11-02T10:00:00Z',
    },
  ],
}

export const signed = (elmo: Elmo, key: SigningKey, release?: Release): Uint8Array =>
  signElmo(writeElmo(elmo, release && { release }), key)

export function verified(elmo: Elmo, key: SigningKey, release?: Release): VerifiedElmo {
  const policy = { certificates: [key.certificate], at: new Date(elmo.generatedDate) }
  const outcome = verifyElmo(signed(elmo, key, release), policy)
  if (!outcome.verified) throw new Error(outcome.message)
  return outcome.document
}
