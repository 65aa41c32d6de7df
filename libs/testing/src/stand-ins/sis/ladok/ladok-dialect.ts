import type { Dialect, Outcome } from '../../../population/index.js'

/** Scales are per university or national; a result names its scale by id. */
export const ladokScales = {
  af: {
    id: '131657',
    code: 'AF',
    sv: 'Sjugradig betygsskala',
    grades: ['A', 'B', 'C', 'D', 'E', 'FX', 'F'],
    failing: ['FX', 'F'],
  },
  ug: { id: '2', code: 'UG', sv: 'Tvågradig skala', grades: ['U', 'G'], failing: ['U'] },
} as const

export const ladokGrades: Readonly<
  Partial<Record<Outcome, { readonly code: string; readonly scale: keyof typeof ladokScales }>>
> = {
  excellent: { code: 'A', scale: 'af' },
  good: { code: 'C', scale: 'af' },
  sufficient: { code: 'E', scale: 'af' },
  pass: { code: 'G', scale: 'ug' },
  fail: { code: 'U', scale: 'ug' },
}

export const ladokDialect: Dialect = {
  language: 'sv',
  grades: Object.fromEntries(Object.entries(ladokGrades).map(([outcome, { code }]) => [outcome, code])),
  hours: 'TIM',
  // Rows of credited study have no code.
  code: ({ code, recognised }) => (recognised === true ? undefined : code),
  lacks: [
    // No public source knows how issued degrees are listed.
    'degrees',
    // Results carry no description, Ladok counts no grades, and documents are not in the interface.
    'descriptions',
    'distributions',
    'attachments',
    // One certificate is one university.
    'several-institutions',
  ],
}
