import type { TransferReceipt } from '@emrex-gateway/core'

/** A receipt with everything that one can hold, for pages. */
export const sampleReceipt: TransferReceipt = {
  ...{ type: 'emrex-receipt', version: 1, number: 'ABCD-EFGH-JKMN', act: 'sent', at: '2026-11-02T10:00:00.000Z' },
  issuer: { name: 'Kotiyliopisto', address: 'https://koti.example' },
  from: { name: 'Rantayliopisto', country: 'FI' },
  to: { name: 'Kotiyliopisto', address: 'https://koti.example' },
  basis: 'Peruste',
  content: {
    institutions: (['complete', 'selection', 'partial', 'error', undefined] as const).map((extent, index) => ({
      ...{ name: `Rantayliopisto ${index}`, results: index },
      ...(extent === undefined ? {} : { extent }),
    })),
    ...{ results: 10, ects: '5', attachments: 1 },
  },
  document: { sha256: 'ab'.repeat(32), bytes: 1234 },
}
