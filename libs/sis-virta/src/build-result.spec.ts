import type { Notice } from '@emrex-gateway/core'
import { buildResult } from './build-result.js'

const usual = {
  attributes: { avain: '77', koulutusmoduulitunniste: 'A  B 1' },
  SuoritusPvm: '2024-05-31',
  Laajuus: { Opintopiste: '0' },
  Arvosana: { Hyvaksytty: 'HYV' },
  Laji: '2',
  Nimi: [{ attributes: { kieli: 'fi' }, $value: 'Nimi' }, 'Nimi', 'Ilman kieltä'],
}
function build(more: object) {
  const notices: Notice[] = []
  const { specification } = buildResult({ ...usual, ...more }, notices)
  return { specification, instance: specification.instance, notices }
}

describe('buildResult', () => {
  it('gives the code as local identifier, and the key as identifier of the result', () => {
    const { specification, instance, notices } = build({})
    expect(specification.identifier).toEqual([
      { type: 'local', value: 'A B 1' },
      { type: 'koulutusmoduulitunniste', value: 'A B 1' },
    ])
    expect(instance.identifier).toEqual([{ type: 'avain', value: '77' }])
    expect(specification.title).toEqual([{ value: 'Nimi', lang: 'fi' }, { value: 'Ilman kieltä' }])
    expect(instance.credit).toEqual([{ scheme: 'ects', value: '0' }])
    expect(notices).toEqual([])
  })

  it('gives no local identifier without a code, and says what else is missing', () => {
    const { specification, notices } = build({ attributes: {}, Nimi: [], SuoritusPvm: undefined, Laji: '9' })
    expect(specification.identifier).toBeUndefined()
    expect(specification.type).toBeUndefined()
    expect(notices.map(({ notice }) => notice)).toEqual([
      'title-missing',
      'type-unknown',
      'code-missing',
      'date-missing',
    ])
  })

  it('keeps study weeks alone under their own name, and says so', () => {
    const { instance, notices } = build({ Laajuus: { Opintoviikko: '3,0' } })
    expect(instance.credit).toEqual([{ scheme: 'opintoviikko', value: '3' }])
    expect(notices).toEqual([{ notice: 'unit-kept', detail: 'A  B 1'.replace('  ', ' ') }])
  })

  it('leaves out credits and dates that are none', () => {
    const { instance, notices } = build({ Laajuus: { Opintopiste: '1e1' }, SuoritusPvm: '2024-02-30' })
    expect([instance.credit, instance.date]).toEqual([undefined, undefined])
    expect(notices.map(({ notice }) => notice)).toEqual(['date-unreadable', 'credits-unreadable'])
  })
})
