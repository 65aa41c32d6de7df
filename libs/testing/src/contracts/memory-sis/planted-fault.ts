/** Mistakes that plugins make. The kits must notice each. */
export const plantedFaults = [
  'parts counted twice',
  'comma decimals',
  'zero dropped',
  'unit lost',
  'failed result exported as passed',
  'cycle',
  'wrong person on ambiguity',
  'name in a log line',
  'non-idempotent submit',
  'unabortable call',
  'leaked handle',
  'date shifted by time zone',
] as const

export type PlantedFault = (typeof plantedFaults)[number]
