import { createTransferResponse, type HandOff, type ReasonCode, type ReturnCode } from '@emrex-gateway/core'
import type { NcpRequest } from './ncp-transfer.js'

/** The post that carries a document, or the reason why there is none, to whoever asked. */
export function answerAction(
  { sessionId, receiver }: NcpRequest,
  answer: { readonly elmo: string } | { readonly returnCode: Exclude<ReturnCode, 'OK'>; readonly code: ReasonCode },
): HandOff {
  const { returnUrl, formOrigins } = receiver
  const response =
    'elmo' in answer
      ? ({ returnCode: 'OK', elmo: answer.elmo } as const)
      : { returnCode: answer.returnCode, returnMessage: answer.returnCode === 'ERROR' ? messageOf(answer.code) : '' }
  return { ...createTransferResponse({ sessionId, returnUrl }, response), formOrigins }
}

/** What an SMP may show its user about an error here: plain words, no personal data. */
const messageOf = (code: ReasonCode): string => `The results could not be fetched (${code}).`
