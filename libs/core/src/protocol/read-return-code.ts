import { defaults } from '../numbers.js'
import type { ReturnCode } from '../reason-codes.js'
import type { ResponseDeviation, TransferResponse } from './transfer-response.js'

const known: readonly string[] = ['OK', 'ERROR', 'NO_RESULTS', 'CANCEL'] satisfies ReturnCode[]

/** Reads `returnCode` in both spellings and any case; what is not known is UNKNOWN, with what was written. */
export function readReturnCode(text: string): Pick<TransferResponse, 'returnCode' | 'rawCode' | 'deviations'> {
  const written = text.trim()
  if (written === '') return { returnCode: 'UNKNOWN', deviations: ['return-code-missing'] }
  const [, prefix = '', code = ''] = /^(NCP|EMP)_(.+)$/.exec(written.toUpperCase()) ?? []
  if (!known.includes(code)) {
    const rawCode = written.replace(/[^\x20-\x7e]/g, '?').slice(0, defaults.returnCodeMaxShown)
    return { returnCode: 'UNKNOWN', rawCode, deviations: ['return-code-unknown'] }
  }
  const deviations: ResponseDeviation[] = []
  if (prefix === 'EMP') deviations.push('return-code-emp-spelling')
  if (text !== `${prefix}_${code}`) deviations.push('return-code-odd-case')
  return { returnCode: code as ReturnCode, deviations }
}
