import { SisError, type SisErrorKind } from '@emrex-gateway/core'
import { child, childText } from './answer-parts.js'

const words: Partial<Record<SisErrorKind, string>> = {
  credential: 'VIRTA refused our question; the caller triple is all of it that can be wrong',
  unavailable: 'VIRTA says that it failed',
  unsupported: 'VIRTA does not speak as we do',
  'bad-data': 'VIRTA says that something is wrong, in a way that we do not know',
}

/**
 * The code of a fault that the SOAP library ran into, without its prefix; undefined where the error is none. The text of a
 * fault may name the person, and is never read.
 */
export function faultCodeOf(error: unknown): string | undefined {
  const root = (error as { root?: unknown } | undefined)?.root
  const fault = child(child(child(root, 'Envelope'), 'Body'), 'Fault')
  if (fault === undefined) return undefined
  const code = childText(fault, 'faultcode')?.replace(/^[^:]*:/, '')
  return code !== undefined && /^[A-Za-z.]{1,40}$/.test(code) ? code : ''
}

/**
 * What a fault means, by the class of its code alone: no public source shows one of VIRTA's. What we send is checked
 * before it leaves, so a fault of the sender means that the caller triple was refused.
 *
 * Spec: SOAP 1.1 §4.4.1.
 */
export function kindOfFault(code: string): SisErrorKind {
  const [fault = ''] = code.split('.')
  if (fault === 'Client') return 'credential'
  if (fault === 'Server') return 'unavailable'
  return fault === 'VersionMismatch' || fault === 'MustUnderstand' ? 'unsupported' : 'bad-data'
}

export function sisErrorOfFault(code: string, connection: string, status: number): SisError {
  const kind = kindOfFault(code)
  return new SisError(kind, words[kind]!, { connection, status, ...(code === '' ? {} : { upstreamCode: code }) })
}
