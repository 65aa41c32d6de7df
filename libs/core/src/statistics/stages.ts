import type { Count } from '../ports/statistics.js'

/** The steps of each role, and the states in which a transfer stands at that step. */
const steps = {
  ncp: [
    ['requested', ['requested']],
    ['login', ['login-due', 'login', 'login-failed']],
    ['identified', ['identified', 'proving']],
    ['fetched', ['fetched']],
    ['previewed', ['previewed']],
  ],
  smp: [
    ['started', ['started']],
    ['login', ['login', 'login-failed']],
    ['identified', ['identified', 'proving']],
    ['asked', ['asked']],
    ['answered', ['answered']],
    ['review', ['review', 'needs-staff']],
    ['decided', ['decided']],
  ],
} as const satisfies Record<string, readonly (readonly [string, readonly string[]])[]>

export type StatisticsRole = keyof typeof steps
export type Stage = (typeof steps)[StatisticsRole][number][0] | 'completed' | 'unknown'

export interface FunnelStep {
  readonly stage: Stage
  /** Stood here, or further on, before they ended. */
  readonly reached: number
  /** Ended here. */
  readonly ended: number
}

/** The step of a state of that role. */
export const stageOf = (role: StatisticsRole, state: string): Stage =>
  steps[role].find(([, states]) => (states as readonly string[]).includes(state))?.[0] ?? 'unknown'

/**
 * How far transfers came that are over. The first step is reached by all of them; what ended adds up to that. One whose
 * state no step knows (it was removed) counts as ended at the first.
 */
export function buildFunnel(counts: readonly Count[], role: StatisticsRole): FunnelStep[] {
  const names: Stage[] = [...steps[role].map(([stage]) => stage), 'completed']
  const ended = names.map(() => 0)
  for (const { code, stage, kind, count } of counts) {
    if (kind !== role || code === '') continue
    const at = code === 'COMPLETED' ? names.length - 1 : Math.max(0, names.indexOf(stageOf(role, stage)))
    ended[at]! += count
  }
  return names.map((stage, index) => ({
    stage,
    reached: ended.slice(index).reduce((sum, one) => sum + one, 0),
    ended: ended[index]!,
  }))
}
