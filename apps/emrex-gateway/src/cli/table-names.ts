import type { StatisticsDimension } from '@emrex-gateway/core'

/** Tables as the command line names them: the other side of an NCP is a return address, that of an SMP an NCP. */
const dimensionBy = {
  country: 'country',
  'return-address': 'partner',
  partner: 'partner',
  reason: 'reason',
  stage: 'stage',
  entry: 'entry',
  language: 'language',
  hour: 'hour',
  day: 'day',
  month: 'month',
} as const satisfies Record<string, StatisticsDimension>

export type TableName = keyof typeof dimensionBy
export const tableNames = Object.keys(dimensionBy) as TableName[]
export const dimensionOf = (name: TableName): StatisticsDimension => dimensionBy[name]
