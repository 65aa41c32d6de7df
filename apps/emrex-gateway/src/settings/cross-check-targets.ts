import type { SisConnection } from '@emrex-gateway/core'
import type { SmpSettings } from './settings-schema.js'

/**
 * A rule between an SMP and its opened target: where nobody can write into the SIS, each import is a case for staff, and
 * without a login for them nobody could ever see one.
 */
export function crossCheckTargets(
  entries: readonly SmpSettings[],
  systems: ReadonlyMap<string, SisConnection>,
): { readonly path: string; readonly message: string }[] {
  return entries.flatMap(({ target, staffLogin }, index) => {
    if (staffLogin !== undefined || target === undefined || systems.get(target)?.target?.can.mode !== 'case') return []
    return {
      path: `smp.${index}.staffLogin`,
      message: `"${target}" takes no results by itself: each import is a case that staff enter by hand, and without a login for staff nobody could ever see one`,
    }
  })
}
