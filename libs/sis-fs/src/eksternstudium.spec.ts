import type { Delivery } from '@emrex-gateway/core'
import { signElmo, verifyElmo, writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { filesOf } from './eksternstudium.js'

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
            date: '2025-06-20',
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

async function delivery(): Promise<Delivery> {
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
    origin: { ncp: 'https://ncp.example/', country: 'PL', receivedAt: '2026-01-02T03:04:05.000Z' },
    document: outcome.document,
  }
}

describe('filesOf', () => {
  it('gives staff the results as external studies, marked EMREX, with nothing converted', async () => {
    const [file, ...more] = filesOf(await delivery())
    expect(more).toEqual([])
    expect(file).toMatchObject({ name: 'eksternstudium.json', mediaType: 'application/json' })
    expect(JSON.parse(file!.content)).toEqual({
      merknad: 'EMREX',
      leveranse: 'delivery-one',
      organisasjonskode: '9901',
      personlopenummer: '8500101',
      personMatch: 'same',
      mottatt: '2026-01-02T03:04:05.000Z',
      kilde: { ncp: 'https://ncp.example/', land: 'PL' },
      personIDokumentet: { fornavn: 'Ada Marie', etternavn: 'Nordmann-Prøve', fodselsdato: '1989-06-05' },
      eksternstudier: [
        {
          larested: {
            navn: { pl: 'Uniwersytet Zielonobrzeski' },
            land: 'PL',
            erasmusInstitusjonskode: 'PL ZIELON01',
            schac: 'zielonobrzeg.example',
          },
          utstedt: '2026-01-01T00:00:00Z',
          resultater: [
            {
              emnekode: 'X-1',
              navn: { pl: 'Zażółć', en: 'Yellow' },
              type: 'Course',
              vektinger: [{ verdi: '7.50', vektingstype: 'SP' }],
              karakter: '4,5',
              bestatt: true,
              status: 'passed',
              dato: '2025-06-20',
              termin: null,
              eqfnivakode: '6',
              iscedFKode: null,
              deler: [
                {
                  emnekode: null,
                  navn: { und: 'A part' },
                  type: null,
                  vektinger: [{ verdi: '0', vektingstype: 'hours' }],
                  karakter: null,
                  bestatt: false,
                  status: 'failed',
                  dato: null,
                  termin: null,
                  eqfnivakode: null,
                  iscedFKode: null,
                  deler: [],
                },
              ],
            },
          ],
        },
      ],
    })
  })

  it('gives the same bytes for the same delivery', async () => {
    const one = await delivery()
    expect(filesOf(one)).toEqual(filesOf(one))
  })
})
