import { reasonRow, type ReasonCode } from '../reason-codes.js'

/** What became of a transfer, in the order of the columns. A transfer has exactly one. */
export const outcomes = ['success', 'no-results', 'stopped', 'error', 'under-way'] as const
export type Outcome = (typeof outcomes)[number]

const stopped: ReadonlySet<ReasonCode> = new Set(['USER_CANCEL', 'USER_DECLINED', 'USER_GONE', 'WRONG_INSTITUTION'])

/** The outcome that a reason code is; an empty one is a transfer under way. */
export function outcomeOf(code: ReasonCode | ''): Outcome {
  if (code === '') return 'under-way'
  if (code === 'COMPLETED') return 'success'
  if (stopped.has(code)) return 'stopped'
  return reasonRow(code).returnCode === 'NO_RESULTS' ? 'no-results' : 'error'
}
