import type { Grant } from './identity.js'
import type { SisConnection } from './ports/sis-plugin.js'

/**
 * Gives a leave of the student back to the system that it came from, as soon as it is of no more use. Nobody waits for it: a
 * system that does not answer must not keep the student.
 */
export function giveBack(grant: Grant | undefined, grantors: readonly SisConnection[]): void {
  const revoked = grant && grantors.find(({ id }) => id === grant.connection)?.revoke?.(grant)
  // A plugin promises not to throw; one that breaks its promise must not end the process.
  revoked?.catch(() => {})
}
