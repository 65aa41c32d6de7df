import {
  documentLimits,
  EmrexError,
  errorFacts,
  giveBack,
  referenceOf,
  reasonOf,
  SisError,
  type Grant,
  type Transfer,
} from '@emrex-gateway/core'
import { collectResults, type Collected } from './collect-results.js'
import type { NcpFlow } from './ncp-flow.js'
import type { NcpHost } from './ncp-host.js'
import type { NcpState, NcpTransfer } from './ncp-transfer.js'
import { withAttachments, type ReadResults } from './read-results.js'
import type { CollectedPlace } from './source-reading.js'
import { wantOf } from './wishes.js'
import type { Elmo } from '@emrex-gateway/elmo'

interface Running {
  readonly outcome: Promise<Transfer<NcpState>>
  places: readonly CollectedPlace[]
}

/**
 * Reading from the sources, which may take longer than somebody waits for a page. It goes on by itself; a page looks how
 * far it is. What another instance reads at the same time is read once more here, which does no harm: the first to write
 * wins.
 */
export class NcpCollecting {
  private readonly running = new Map<string, Running>()

  constructor(
    private readonly flow: Pick<NcpFlow, 'entry' | 'transfers' | 'move' | 'giveUp' | 'proving' | 'latest'>,
    private readonly host: NcpHost,
  ) {}

  /** The transfer as it is when everything was read; after a moment, how far it is instead. */
  async wait(
    transfer: NcpTransfer<'identified'>,
  ): Promise<{ readonly next: Transfer<NcpState> } | { readonly places: readonly CollectedPlace[] }> {
    const running = this.running.get(transfer.id) ?? this.start(transfer)
    let patience: NodeJS.Timeout | undefined
    const tired = new Promise<undefined>((resolve) => {
      patience = setTimeout(resolve, this.flow.entry.collectPatienceMilliseconds, undefined)
    })
    try {
      const next = await Promise.race([running.outcome, tired])
      return next === undefined ? { places: running.places } : { next }
    } finally {
      clearTimeout(patience)
    }
  }

  /** The contents of the attachments of what was chosen, or the titles of those that cannot be read. */
  attachmentsOf(transferId: string, selected: Elmo, { attachments }: ReadResults, withoutUnread: boolean) {
    const { sources, collectSeconds } = this.flow.entry
    return withAttachments(selected, attachments, {
      ...{ sources, withoutUnread, maxBytes: documentLimits.maxBytes / 2 },
      context: () => ({
        ...{ signal: AbortSignal.timeout(collectSeconds * 1000), languages: ['en'] },
        reference: referenceOf(transferId),
      }),
      failed: (connection, error) => this.say(transferId, connection, error),
    })
  }

  /** What a transfer that ended would have been read with is given back; where it is being read, the reading does so. */
  drop({ id, state }: Transfer<NcpState>): void {
    if (state.state === 'identified' && !this.running.has(id)) this.giveBack(state.grant)
  }

  /** A leave to read that is of no more use. */
  giveBack(grant: Grant | undefined): void {
    giveBack(grant, this.flow.entry.grantors ?? this.flow.entry.sources)
  }

  private start(transfer: NcpTransfer<'identified'>): Running {
    const running: Running = {
      places: [],
      outcome: this.collect(transfer, (places) => (running.places = places)).finally(() =>
        this.running.delete(transfer.id),
      ),
    }
    // Who asks for it gets its failure; when nobody does, it must not end the process.
    running.outcome.catch(() => {})
    this.running.set(transfer.id, running)
    return running
  }

  private async collect(
    transfer: NcpTransfer<'identified'>,
    progress: (places: readonly CollectedPlace[]) => void,
  ): Promise<Transfer<NcpState>> {
    // The first places are told before `running` exists.
    await Promise.resolve()
    const { request, identity, grant } = transfer.state
    const { entry, proving } = this.flow
    const { proof } = proving
    let isReadAgain = false
    try {
      const collected = await collectResults(identity, entry.sources, {
        want: wantOf(entry.want, request.wishes),
        deadline: AbortSignal.timeout(entry.collectSeconds * 1000),
        reference: referenceOf(transfer.id),
        grant,
        link: (connection) => proof.linked(identity, connection),
        canAsk: (connection) => proof.canAsk(identity, connection),
        now: this.host.now(),
        titleOf: (connection) => entry.sourceTitles?.get(connection),
        failed: (connection, error) => this.say(transfer.id, connection, error),
        progress,
      })
      return await this.keep(transfer, collected)
    } catch (error) {
      // Our own database was away: the next look reads again, by the same leave.
      isReadAgain = reasonOf(error) === 'STORE_UNAVAILABLE'
      if (!(error instanceof EmrexError) || error.code !== 'TRANSFER_CHANGED') throw error
      // The person cancelled, or another instance was faster.
      return (await this.flow.transfers.load(transfer.id)) ?? Promise.reject(error)
    } finally {
      if (!isReadAgain) this.giveBack(grant)
    }
  }

  private async keep(transfer: NcpTransfer<'identified'>, collected: Collected): Promise<Transfer<NcpState>> {
    const { request, identity } = transfer.state
    const { proving } = this.flow
    if ('ask' in collected) return proving.begin(transfer, collected.ask)
    if ('end' in collected) return this.flow.giveUp(transfer, collected.end, collected)
    const { elmo, gaps, notices, attachments } = collected
    const links = await proving.used(collected.links ?? [], identity.provider)
    const results: ReadResults = { elmo, attachments }
    const bytes = Buffer.from(JSON.stringify(results))
    const facts = { reports: elmo.reports.length, gaps: gaps.length, notices: notices.length }
    return this.flow.move(
      transfer,
      {
        ...{ state: 'fetched', request, gaps },
        ...(notices.length === 0 ? {} : { notices }),
        ...(links.length === 0 ? {} : { links }),
      },
      {
        putBodies: [{ name: 'results', bytes, expiresAt: this.flow.latest(transfer) }],
        audit: [{ event: 'results.fetched', facts }],
      },
    )
  }

  /** Tells the operator which system failed, and how. */
  private say(transferId: string, connection: string, error: unknown): void {
    const { status, upstreamCode } = error instanceof SisError ? error.info : {}
    this.host.log.warn('sis.failed', {
      ...{ entry: this.flow.entry.id, reference: referenceOf(transferId), connection, code: reasonOf(error) },
      ...(error instanceof SisError ? { kind: error.kind } : {}),
      ...(status === undefined ? {} : { status }),
      ...(upstreamCode === undefined ? {} : { upstreamCode }),
      ...errorFacts(error),
    })
  }
}
