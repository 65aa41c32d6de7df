import { createHash } from 'node:crypto'
import {
  completenessOf,
  creditSum,
  listResults,
  pickText,
  type ResultNode,
  type VerifiedElmo,
} from '@emrex-gateway/elmo'
import { attachmentFiles } from '../cases/attachment-files.js'
import type { TransferReceipt } from './transfer-receipt.js'

/** What a receipt says about a document: how many results of whom, and the hash; never a title of a result, never a grade. */
export function describeDocument({ elmo, xml }: VerifiedElmo): Pick<TransferReceipt, 'content' | 'document'> {
  const completeness = completenessOf(elmo)
  const lists = listResults(elmo)
  const institutions = elmo.reports.map(({ issuer }, index) => {
    const extent = completeness[index]?.extent ?? 'unknown'
    return {
      name: pickText(issuer.title, ['en'])?.value ?? '',
      results: countResults(lists[index] ?? []),
      ...(extent === 'unknown' ? {} : { extent }),
    }
  })
  const { ects } = creditSum(elmo)
  return {
    content: {
      institutions,
      results: institutions.reduce((sum, { results }) => sum + results, 0),
      ...(ects === undefined ? {} : { ects }),
      attachments: attachmentFiles(elmo).length,
    },
    document: { sha256: createHash('sha256').update(xml).digest('hex'), bytes: xml.byteLength },
  }
}

const countResults = (nodes: readonly ResultNode[]): number =>
  nodes.reduce((sum, { parts }) => sum + 1 + countResults(parts), 0)
