import { receiptNumber, type Transfer } from '@emrex-gateway/core'
import type { Purpose } from './import-api.js'
import type { CreatedRequest, ReadResult, RequestLink } from './import-requests.js'
import { isRequestIn, type RequestState } from './request-state.js'

const iso = (at: number): string => new Date(at).toISOString()

/** What a client is told of a request: by `status` it knows which members there are. */
export function requestBody(record: Transfer<RequestState>) {
  const { id, createdAt, expiresAt } = record
  const common = { id, status: record.state.state, createdAt: iso(createdAt) }
  if (isRequestIn(record, 'waiting', 'opened', 'failed')) {
    const { purpose, fields, language, retentionDays, reference } = record.state.order
    return {
      ...common,
      ...(isRequestIn(record, 'failed') ? { code: record.state.code } : {}),
      ...{ purpose, fields, language, retentionDays, expiresAt: iso(expiresAt) },
      ...(reference === undefined ? {} : { reference }),
    }
  }
  if (isRequestIn(record, 'completed')) {
    const { purpose, fields, language, reference, agreedAt } = record.state
    return {
      ...{ ...common, purpose, fields, language, agreedAt, deletedAt: iso(expiresAt) },
      ...(reference === undefined ? {} : { reference }),
    }
  }
  const { code } = record.state as Extract<RequestState, { code: string }>
  return { ...common, code, forgottenAt: iso(expiresAt) }
}

export const linkBody = ({ url, until }: RequestLink) => ({ url, until: iso(until) })

export const createdBody = ({ record, link }: Pick<CreatedRequest, 'record' | 'link'>) => ({
  request: requestBody(record),
  ...(link === undefined ? {} : { link: linkBody(link) }),
})

/** The result with what was checked about it. Of the document only what the purpose names. */
export function resultBody({ record, fields, document, verifiedAt }: ReadResult) {
  const { ncp, signer, receipt: _delivery, ...facts } = record.state.facts
  return {
    request: requestBody(record),
    result: {
      ...fields,
      ...(document === undefined
        ? {}
        : { document: { mediaType: 'application/xml', base64: Buffer.from(document).toString('base64') } }),
    },
    verification: {
      ...{ signatureValid: true, verifiedAt: iso(verifiedAt), verifiedEachTime: record.state.kept.what === 'document' },
      ...facts,
      source: ncp,
      receipt: receiptNumber(record.state.transfer),
      ...(signer === undefined ? {} : { signer }),
    },
  }
}

export const purposeBody = ({ id, title, legalBasis, fields, retentionDays }: Purpose) => ({
  ...{ id, title, legalBasis, fields, retentionDays },
})
