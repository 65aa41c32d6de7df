import {
  checkCaseFiles,
  resultFiles,
  type CaseDesk,
  type CaseFile,
  type NewCase,
  type Receipt,
} from '@emrex-gateway/core'
import { verifyElmo } from '@emrex-gateway/elmo'

/** A case as staff would have it before them. */
export interface OpenedCase extends NewCase {
  readonly receipt: Receipt
  /** `results.csv` and `results.json` first, then those of the plugin. */
  readonly files: readonly CaseFile[]
}

export interface MemoryCaseDesk extends CaseDesk {
  /** In the order in which they were opened. */
  readonly opened: readonly OpenedCase[]
}

/** A desk that keeps its cases in memory, so that a test can look at them; two connections to one SIS share it. */
export function memoryCaseDesk(): MemoryCaseDesk {
  const opened: OpenedCase[] = []
  const find = (system: string, id: string) =>
    opened.find((known) => known.system === system && known.delivery.id === id)?.receipt
  return {
    opened,
    // Nothing is waited for in it: of two at the same time, the second finds what the first wrote.
    async open(newCase) {
      const { system, delivery, files = [] } = newCase
      const earlier = find(system, delivery.id)
      if (earlier !== undefined) return earlier
      checkCaseFiles(files, system)
      const { certificates, sha1Until } = delivery.trust
      const at = new Date(delivery.origin.receivedAt)
      const outcome = verifyElmo(delivery.document.xml, {
        ...{ certificates, at },
        ...(sha1Until === undefined ? {} : { sha1Until }),
      })
      if (!outcome.verified) throw new Error(`the document of a case does not verify: ${outcome.code}`)
      const receipt: Receipt = { id: delivery.id, state: 'queued', reference: String(10_000_001 + opened.length) }
      opened.push({ ...newCase, receipt, files: [...resultFiles(outcome.document, delivery.origin), ...files] })
      return receipt
    },
    receipt: async (system, id) => find(system, id),
  }
}
