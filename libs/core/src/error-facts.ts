import { EmrexError } from './emrex-error.js'
import type { LogFields } from './ports/log.js'
import { SisError } from './sis-error.js'

/**
 * What a log may say of anything that was thrown. Our own messages hold no personal data; of any other error, whose
 * message may name a person, only its place in the code is told.
 */
export function errorFacts(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error }
  const ours = error instanceof EmrexError || error instanceof SisError || error.name === 'ElmoError'
  if (ours) return { error: error.name, detail: error.message }
  const places = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return { error: error.name, stack: places.join('\n') }
}
