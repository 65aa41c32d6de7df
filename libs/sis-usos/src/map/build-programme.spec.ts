import type { Notice } from '@emrex-gateway/core'
import { buildProgramme } from './build-programme.js'

const build = (status: string, level: string | null = 'first_cycle') => {
  const notices: Notice[] = []
  const programme = { id: 'DZ-HIS', description: { pl: 'Historia', en: 'Historia' }, level }
  return { built: buildProgramme({ id: '1', status, programme }, notices), notices }
}

describe('buildProgramme', () => {
  it('is a degree once the diploma is out, without anything that USOS does not tell', () => {
    const { built, notices } = build('graduated_diploma')
    expect(built).toEqual({
      identifier: [{ type: 'local', value: 'DZ-HIS' }],
      title: [{ value: 'Historia', lang: 'pl' }],
      type: 'Degree Programme',
      instance: { status: 'passed', level: [{ type: 'EQF', value: '6' }] },
    })
    expect(notices).toEqual([{ notice: 'date-missing', detail: 'DZ-HIS' }])
  })

  it('goes on while somebody studies, and is nothing in any other state', () => {
    expect(build('active').built?.instance.status).toBe('in-progress')
    for (const status of ['graduated_before_diploma', 'graduated_end_of_study', 'cancelled', 'new_state'])
      expect(build(status)).toEqual({ built: undefined, notices: [] })
  })

  it('knows the levels of the Polish framework, and leaves out the others', () => {
    const level = (text: string | null) => build('active', text).built?.instance.level?.[0]?.value
    expect(['first_cycle', 'second_cycle', 'long_cycle', 'third_cycle', 'phd_school'].map(level)).toEqual([
      '6',
      '7',
      '7',
      '8',
      '8',
    ])
    expect(level('postgraduate')).toBeUndefined()
    expect(build('active', null).notices).toEqual([{ notice: 'level-unknown', detail: 'DZ-HIS' }])
  })
})
