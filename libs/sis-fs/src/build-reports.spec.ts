import type { Notice } from '@emrex-gateway/core'
import { buildReports } from './build-reports.js'
import { proofsAnswer, type FsProof } from './fs-answers.js'
import { fsSettings } from './fs-settings.js'

const settings = fsSettings.parse({
  organisasjonskode: '9901',
  auth: { kind: 'bearer', tokenFile: 'token' },
  institution: { title: 'Første', titleEnglish: 'First', erasmus: 'N FIRST01' },
})
const result = {
  ...{ __typename: 'Resultat', id: 'one', gyldig: true, erKunngjort: true, vurderingsoppbygningsdelskode: 'S' },
  emne: { kode: 'A', versjonskode: '1', navnAlleSprak: { nb: 'Emne' } },
  karakter: { navn: { nob: 'A' } },
}

function built(...nodes: readonly object[]) {
  const notices: Notice[] = []
  const page = proofsAnswer.parse({ proofs: { pageInfo: { hasNextPage: false }, nodes } })
  const proofs = page.proofs.nodes.filter((proof): proof is FsProof => proof !== 'other kind')
  return { reports: buildReports(proofs, settings, '2026-01-01T00:00:00Z', notices), notices }
}

describe('buildReports', () => {
  it('gives nothing that is not valid, even where FS sends it unasked', () => {
    expect(built({ ...result, gyldig: false })).toEqual({ reports: [], notices: [] })
  })

  it('gives no report where there is nothing to report', () => {
    expect(built()).toEqual({ reports: [], notices: [] })
  })

  it('names the issuer by the settings where FS does not', () => {
    expect(built(result).reports[0]!.issuer).toEqual({
      country: 'NO',
      identifier: [
        { type: 'erasmus', value: 'N FIRST01' },
        { type: 'local', value: '9901' },
      ],
      title: [
        { value: 'Første', lang: 'nb' },
        { value: 'First', lang: 'en' },
      ],
      url: '',
    })
  })

  it('puts degrees first, and says where a title is missing', () => {
    const degree = { __typename: 'OppnaddKvalifikasjon', id: 'd', gyldig: true, gradkode: 'BACH', oppnaddDato: 'soon' }
    const { reports, notices } = built(result, degree)
    const [first, second] = reports[0]!.learningOpportunitySpecification!
    expect([first!.type, second!.type]).toEqual(['Degree Programme', 'Course'])
    expect(first!.title).toEqual([{ value: 'BACH' }])
    expect(notices).toEqual(
      expect.arrayContaining([
        { notice: 'title-missing', detail: 'BACH' },
        { notice: 'date-unreadable', detail: 'BACH' },
      ]),
    )
  })

  it('keeps a part whose whole is not announced, at the top', () => {
    const structure = [
      { vurderingsoppbygningsdel: { kode: 'W' }, parent: null },
      { vurderingsoppbygningsdel: { kode: 'S' }, parent: { vurderingsoppbygningsdel: { kode: 'W' } } },
    ]
    const emne = { ...result.emne, vurderingsoppbygninger: [{ oppbygningsdeler: structure }] }
    const whole = { ...result, emne, id: 'whole', vurderingsoppbygningsdelskode: 'W', erKunngjort: false }
    const { reports, notices } = built(whole, { ...result, emne })
    expect(reports[0]!.learningOpportunitySpecification).toMatchObject([{ type: 'Module' }])
    expect(notices).toContainEqual({ notice: 'not-announced', detail: 'A-1' })
    expect(notices.map(({ notice }) => notice)).not.toContain('parent-missing')
  })
})
