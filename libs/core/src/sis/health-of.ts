import type { Health } from '../ports/sis-plugin.js'
import { explainSisError, SisError } from '../sis-error.js'

/**
 * What `check` says where one call tells all: well with what it found, or not with the words of its failure. What cannot be
 * tried is listed in either case. Does not reject.
 */
export async function healthOf(asking: Promise<string>, ...notConfirmed: readonly string[]): Promise<Health> {
  const rest = notConfirmed.map((what) => `not confirmed: ${what}`)
  try {
    return { ok: true, findings: [await asking, ...rest] }
  } catch (error) {
    const told = error instanceof SisError ? explainSisError(error) : 'the system could not be asked'
    return { ok: false, findings: [told, ...rest] }
  }
}
