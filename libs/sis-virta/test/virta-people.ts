import type { VirtaGrade, VirtaResult, VirtaStudent } from '@emrex-gateway/testing'

export const five = (code: string): VirtaGrade => ({ scale: 'Viisiportainen', code })

export const result = (key: string, more: Partial<VirtaResult> = {}): VirtaResult => ({
  key,
  code: `CODE ${key}`,
  kind: '2',
  date: '2024-05-31',
  credits: '5',
  grade: five('4'),
  names: [['fi', `Nimi ${key}`]],
  ...more,
})

export const oidOf = (number: number): string => `1.2.246.562.24.${String(number).padStart(11, '0')}`

/** Somebody at an institution whose code nobody has, unless another is named. */
export const student = (
  number: number,
  results: readonly VirtaResult[],
  more: Partial<VirtaStudent> = {},
): VirtaStudent => ({
  key: `S${number}`,
  henkilotunnus: '010203A',
  oppijanumero: oidOf(number),
  given: 'Outi',
  family: 'Keksitty',
  gender: '2',
  records: [{ institution: '99901', results }],
  ...more,
})
