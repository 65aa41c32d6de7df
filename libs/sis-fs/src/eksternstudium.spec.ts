import type { Delivery } from '@emrex-gateway/core'
import { sampleDelivery } from '../test/sample-delivery.js'
import { filesOf } from './eksternstudium.js'

describe('filesOf', () => {
  it('gives staff the results as external studies, marked EMREX, with nothing converted', async () => {
    const [file, ...more] = filesOf(await sampleDelivery())
    expect(more).toEqual([])
    expect(file).toMatchObject({ name: 'eksternstudium.json', mediaType: 'application/json' })
    expect(JSON.parse(file!.text)).toEqual({
      merknad: 'EMREX',
      leveranse: 'delivery-one',
      organisasjonskode: '9901',
      personlopenummer: '8500101',
      personMatch: 'same',
      mottatt: '2026-01-02T03:04:05.000Z',
      kilde: { ncp: 'Gora NCP', land: 'PL' },
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

  it('keeps each name of a language that is there several times, and none that is empty', async () => {
    const delivery = await sampleDelivery()
    const [report] = delivery.document.elmo.reports
    const title = [
      { value: 'Matematyka' },
      { value: 'Mathematics' },
      { value: 'Matte', lang: 'nb' },
      { value: ' ', lang: 'nb' },
    ]
    const los = { title, instance: {} }
    const elmo = { ...delivery.document.elmo, reports: [{ ...report!, learningOpportunitySpecification: [los] }] }
    const [file] = filesOf({ ...delivery, document: { elmo } as unknown as Delivery['document'] })
    const { eksternstudier } = JSON.parse(file!.text) as { eksternstudier: { resultater: object[] }[] }
    expect(eksternstudier[0]!.resultater[0]).toMatchObject({ navn: { und: 'Matematyka / Mathematics', nb: 'Matte' } })
  })

  it('gives the same bytes for the same delivery', async () => {
    const one = await sampleDelivery()
    expect(filesOf(one)).toEqual(filesOf(one))
  })
})
