import { sisContext, type SisConnection } from '@emrex-gateway/core'

const checkSeconds = 30

/** How a system is, asked now: one line about it, and one for each finding. */
export async function linesOfSystem(
  system: SisConnection,
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> {
  const { ok, findings } = await system.check(sisContext(checkSeconds, 'check'))
  const lines = [
    `System ${system.id}: ${ok ? 'in order' : 'NOT in order'}`,
    ...findings.map((finding) => `  ${finding}`),
  ]
  return { ok, lines }
}
