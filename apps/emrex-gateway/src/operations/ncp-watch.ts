import type { AnyState } from '@emrex-gateway/core'
import type { Metrics } from './metrics.js'

/** So many ends in a row that are the NCP's doing, and it is in trouble. */
const troubleFrom = 3

/** Ends by an answer that could be read: they are the person's. */
const ofThePerson = new Set(['USER_CANCEL', 'NO_RESULTS', 'ID_MISMATCH', 'WRONG_INSTITUTION', 'STAFF_REFUSED'])

/** How each NCP does that our SMPs ask, by how their transfers go on. */
export class NcpWatch {
  private readonly inARow = new Map<string, number>()

  constructor(private readonly metrics: Metrics) {}

  /** NCPs whose last answers could not be used, or who did not answer, and how many in a row. */
  get inTrouble(): readonly { readonly ncp: string; readonly inARow: number }[] {
    return [...this.inARow].filter(([, count]) => count >= troubleFrom).map(([ncp, inARow]) => ({ ncp, inARow }))
  }

  /** A transfer of an SMP came from one state to the next. */
  moved(from: AnyState, to: AnyState): void {
    if (from.state !== 'asked' && from.state !== 'answered') return
    const ncp = nameOf(from)
    if (ncp === undefined) return
    if (to.state === 'review' || to.state === 'needs-staff') return this.count(ncp, 'verified', 'good')
    if (to.state !== 'ended' || !('code' in to)) return
    const code = `${String(to.code)}`
    // Whoever goes away or stops before there is an answer says nothing of the NCP, and many do; nor does a mistake of ours.
    const saysNothing = from.state === 'asked' || code === 'USER_GONE' || code === 'INTERNAL'
    this.count(ncp, code, saysNothing ? 'nothing' : ofThePerson.has(code) ? 'good' : 'bad')
  }

  private count(ncp: string, outcome: string, says: 'good' | 'bad' | 'nothing'): void {
    this.metrics.ncpAnswers.inc({ ncp, outcome })
    if (says === 'nothing') return
    this.inARow.set(ncp, says === 'good' ? 0 : (this.inARow.get(ncp) ?? 0) + 1)
  }
}

const nameOf = (state: AnyState): string | undefined => {
  const { ncp } = state as { readonly ncp?: { readonly name?: unknown } }
  return typeof ncp?.name === 'string' ? ncp.name : undefined
}
