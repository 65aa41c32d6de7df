import {
  errorFacts,
  referenceOf,
  shownMessage,
  type ReasonCode,
  type RegistryEntry,
  type Transfer,
} from '@emrex-gateway/core'
import { judgeAnswer, type AnswerJudgement } from './judge-answer.js'
import type { SmpEntry } from './smp-entry.js'
import type { SmpFlow } from './smp-flow.js'
import type { SmpHost } from './smp-host.js'
import type { Judged, SmpState, SmpTransfer } from './smp-transfer.js'

type Accepted = Exclude<AnswerJudgement, { refused: ReasonCode }>

/** Turns an answer that has arrived into what comes of it: review, a case for staff, or an end with its reason. */
export class Judgement {
  constructor(
    private readonly flow: Pick<SmpFlow, 'entry' | 'transfers' | 'end'>,
    private readonly host: Pick<SmpHost, 'now' | 'log'>,
  ) {}

  async judge(transfer: SmpTransfer<'answered'>): Promise<Transfer<SmpState>> {
    const { judgement, ncp, returnMessage, rawCode } = transfer.state
    if ('end' in judgement) {
      const code = judgement.end
      const message = returnMessage ?? rawCode
      const said = message === undefined ? '' : shownMessage(message)
      return this.flow.end(transfer, { code, ncp: ncp.name }, [{ event: 'transfer.ended', code }], said)
    }
    const packed = await this.flow.transfers.body(transfer.id, 'answer')
    if (packed === undefined) {
      const code = 'USER_GONE'
      return this.flow.end(transfer, { code, ncp: ncp.name }, [{ event: 'transfer.expired', code }])
    }
    const judged = await this.judgeWithFreshKeys(transfer, packed)
    if (!('refused' in judged)) {
      // There is no staff that could ask the applicant for the reason.
      const isStale = this.flow.entry.desk !== undefined && judged.why.includes('document-not-fresh')
      if (!isStale) return this.keep(transfer, judged)
      return this.flow.end(transfer, { code: 'STALE_DOC', ncp: ncp.name }, [
        { event: 'answer.rejected', code: 'STALE_DOC' },
      ])
    }
    const { refused: code, detail, fields, thrown } = judged
    if (thrown !== undefined)
      this.host.log.error('answer.failed', {
        entry: this.flow.entry.id,
        reference: referenceOf(transfer.id),
        ...errorFacts(thrown),
      })
    return this.flow.end(transfer, { code, ncp: ncp.name, ...(fields === undefined ? {} : { fields }) }, [
      { event: 'answer.rejected', code, facts: { detail } },
    ])
  }

  /** A signer that is not known may be a key that changed since we asked: the registry is read again, once. */
  private async judgeWithFreshKeys(
    transfer: SmpTransfer<'answered'>,
    packed: Uint8Array,
  ): Promise<AnswerJudgement & { ncp?: RegistryEntry }> {
    const { identity, owner, receivedAt, ncp } = transfer.state
    const { entry } = this.flow
    const judge = (asked: RegistryEntry) =>
      judgeAnswer({
        packed,
        ncp: asked,
        ...sha1Exception(entry, asked),
        engine: entry.signatureEngine,
        identity,
        owner,
        entryId: entry.id,
        startedAt: new Date(transfer.createdAt),
        receivedAt: new Date(receivedAt),
        clockSkewMinutes: entry.clockSkewMinutes,
      })
    const first = await judge(ncp)
    if (!('refused' in first) || first.refused !== 'CERT_UNKNOWN') return first
    await entry.registry.refresh()
    const renewed = await entry.registry.find(ncp.id)
    if (renewed === undefined || renewed.url !== ncp.url) return first
    const second = await judge(renewed)
    return 'refused' in second ? second : { ...second, ncp: renewed }
  }

  private async keep(
    transfer: SmpTransfer<'answered'>,
    judged: Accepted & { ncp?: RegistryEntry },
  ): Promise<Transfer<SmpState>> {
    const { identity, owner, sessionId, receivedAt, deviations } = transfer.state
    const { document, match, why, deliveryId } = judged
    const { report, xml } = document
    const borne = [...judged.deviations, ...report.notices]
    const ncp = judged.ncp ?? transfer.state.ncp
    const common: Judged = {
      identity,
      owner,
      sessionId,
      receivedAt,
      ncp,
      match,
      deliveryId,
      deviations: [...deviations, ...borne],
      ...sha1Exception(this.flow.entry, ncp),
    }
    // Another system is told how sure the match is, and decides by itself.
    const open = why.length > 0 && this.flow.entry.desk === undefined
    const expiresAt = open ? this.host.now().getTime() + this.flow.entry.caseDays * 86_400_000 : transfer.expiresAt
    const signer = report.signer?.sha256Fingerprint ?? 'bare-key'
    return this.flow.transfers.save(
      transfer,
      { state: open ? { state: 'needs-staff', ...common, why } : { state: 'review', ...common }, expiresAt },
      {
        dropBodies: ['answer'],
        putBodies: [{ name: 'document', bytes: xml, expiresAt }],
        audit: [
          { event: 'document.verified', facts: { signer, bytes: xml.length, deviations: borne.join(' ') } },
          { event: 'person.matched', facts: { verdict: match.verdict, reasons: match.reasons.join(' ') } },
          ...(open
            ? [{ event: 'case.opened' as const, code: 'NEEDS_STAFF' as const, facts: { why: why.join(' ') } }]
            : []),
        ],
      },
    )
  }
}

/** The dated SHA-1 exception of an NCP, as a part of a verification policy. */
function sha1Exception(entry: SmpEntry, ncp: RegistryEntry): { sha1Until?: string } {
  const exception = entry.sha1Exceptions.find(({ ncpUrl }) => isSameAddress(ncpUrl, ncp.url))
  return exception === undefined ? {} : { sha1Until: exception.until }
}

/** Whoever writes settings may spell an address in another way than the registry does. */
const isSameAddress = (one: string, other: string): boolean =>
  URL.canParse(one) && new URL(one).href === new URL(other).href
