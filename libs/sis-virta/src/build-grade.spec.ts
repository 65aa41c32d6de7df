import type { Notice } from '@emrex-gateway/core'
import { buildGrade } from './build-grade.js'

const grade = (arvosana: object | undefined, notices: Notice[] = []) => {
  const { label, scheme, isDoubtful } = buildGrade(arvosana as never, 'ABC 1', notices)
  return [label, scheme?.localId, isDoubtful]
}

describe('buildGrade', () => {
  it.each([
    [{ Viisiportainen: '5' }, '5', 'viisiportainen'],
    [{ Viisiportainen: 'HYV' }, 'HYV', 'viisiportainen'],
    [{ ToinenKotimainen: 'TT' }, 'TT', 'toinen-kotimainen'],
    [{ Hyvaksytty: 'HYV' }, 'HYV', 'hyvaksytty'],
    [{ Naytetyo: 'KH' }, 'KH', 'naytetyo'],
    [{ Tutkielma: 'E' }, 'E', 'tutkielma'],
  ])('prints %j as it is, with its scale', (arvosana, label, localId) => {
    expect(grade(arvosana)).toEqual([label, localId, undefined])
  })

  it('prints no grade where none is in use', () => {
    const notices: Notice[] = []
    expect(grade({ EiKaytossa: 'Arvosana ei kaytossa' }, notices)).toEqual([undefined, undefined, undefined])
    expect(notices).toEqual([])
  })

  it('doubts improbatur', () => {
    expect(grade({ Tutkielma: 'I' })).toEqual(['I', 'tutkielma', true])
  })

  const steps = [
    { attributes: { avain: 'k1' }, Koodi: 'A', Nimi: 'Alin' },
    { attributes: { avain: 'k2' }, Koodi: 'B' },
  ]
  const own = (koodi: string | undefined, asteikko: object | undefined) => ({
    Muu: { Asteikko: asteikko, Koodi: koodi },
  })
  it('looks a code up in a scale of the institution, by the code or the key of a step', () => {
    const asteikko = { attributes: { avain: '9' }, Nimi: 'Oma', AsteikkoArvosana: steps }
    expect(grade(own('B', asteikko))).toEqual(['B', 'muu-9', undefined])
    expect(grade(own('k1', asteikko))).toEqual(['A', 'muu-9', undefined])
    expect(grade(own('C', asteikko))).toEqual(['C', 'muu-9', undefined])
    expect(buildGrade(own('A', asteikko) as never, undefined, []).scheme?.description).toEqual([
      { value: 'Oma: A = Alin, B' },
    ])
  })

  it('doubts a grade that fails in Finland, or is called so in the scale of the institution', () => {
    expect(grade({ Viisiportainen: '0' })).toEqual(['0', 'viisiportainen', true])
    expect(grade({ Hyvaksytty: 'HYL' })).toEqual(['HYL', 'hyvaksytty', true])
    const failing = { attributes: { avain: 'k3' }, Koodi: 'R', Nimi: 'Hylätty' }
    const asteikko = { attributes: { avain: '9' }, AsteikkoArvosana: [...steps, failing] }
    expect(grade(own('R', asteikko))).toEqual(['R', 'muu-9', true])
    expect(grade(own('k3', asteikko))).toEqual(['R', 'muu-9', true])
    expect(grade(own('A', asteikko))).toEqual(['A', 'muu-9', undefined])
    expect(grade(own('hylätty', undefined))).toEqual(['hylätty', undefined, true])
  })

  it('says that a scale or a grade is missing', () => {
    const notices: Notice[] = []
    expect(grade(own('7', undefined), notices)).toEqual(['7', undefined, undefined])
    expect(grade(undefined, notices)).toEqual([undefined, undefined, undefined])
    expect(notices).toEqual([
      { notice: 'grading-scheme-unknown', detail: 'ABC 1' },
      { notice: 'grade-missing', detail: 'ABC 1' },
    ])
  })
})
