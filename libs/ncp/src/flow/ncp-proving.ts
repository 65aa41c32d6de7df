import {
  proofSystemOfSource,
  ProofWalk,
  shownLink,
  waysOf,
  type Effects,
  type FoundLink,
  type ProofStep,
  type ShownLink,
  type ShownProof,
  type Step,
  type Transfer,
} from '@emrex-gateway/core'
import type { NcpFlow } from './ncp-flow.js'
import type { NcpHost } from './ncp-host.js'
import type { NcpPage } from './ncp-page.js'
import { isIn, type NcpState, type NcpTransfer } from './ncp-transfer.js'

type Waiting = NcpTransfer<'proving'>

const hub = ({ id }: { readonly id: string }): Step<NcpPage> => ({ kind: 'hub', transferId: id })

/** Second proofs at the NCP: from "the login does not suffice" to a link by which the results are found. */
export class NcpProving extends ProofWalk<NcpState, Waiting['state'], NcpPage> {
  constructor(
    private readonly flow: Pick<NcpFlow, 'entry' | 'move' | 'giveUp' | 'provider'>,
    host: NcpHost,
  ) {
    const { entry } = flow
    const systems = entry.sources.flatMap((source) => proofSystemOfSource(source) ?? [])
    super(entry, systems, entry.sourceTimeoutSeconds, host)
  }

  /** These sources ask for a second proof. */
  async begin(transfer: NcpTransfer<'identified'>, sources: readonly string[]): Promise<Transfer<NcpState>> {
    const { request, identity } = transfer.state
    const ways = await this.proof.ways(identity, sources)
    const facts = { universities: ways.places.length, logins: ways.logins.length }
    return this.flow.move(
      transfer,
      { state: 'proving', request, identity, proof: waysOf(ways) },
      { audit: [{ event: 'proof.asked', facts }] },
    )
  }

  /** The person has no second proof to give. */
  async giveUp(transfer: Transfer<NcpState>): Promise<Step<NcpPage>> {
    return hub(isIn(transfer, 'proving') ? await this.flow.giveUp(transfer, 'ID_INSUFFICIENT') : transfer)
  }

  /** The links were used: they live on, and the person sees them. */
  async used(links: readonly FoundLink[], provider: string): Promise<readonly ShownLink[]> {
    for (const { link } of links) await this.host.store.links.touch(link.id)
    return links.map((found) => shownLink(found, this.flow.provider(provider).info.label))
  }

  /** The person removes a link that they were found by. What was read stays, for this transfer. */
  async unlink(transfer: Transfer<NcpState>, linkId: string): Promise<Step<NcpPage>> {
    if (!isIn(transfer, 'fetched')) return hub(transfer)
    const { links = [], ...state } = transfer.state
    if (!links.some(({ id }) => id === linkId)) return hub(transfer)
    await this.proof.unlink(linkId)
    const left = links.filter(({ id }) => id !== linkId)
    const next = { ...state, ...(left.length === 0 ? {} : { links: left }) }
    return hub(await this.flow.move(transfer, next, { audit: [{ event: 'link.removed' }] }))
  }

  protected isWaiting(transfer: Transfer<NcpState>): transfer is Waiting {
    return isIn(transfer, 'proving')
  }

  protected wait(transfer: Waiting, proof: ProofStep, effects: Effects): Promise<Transfer<NcpState>> {
    return this.flow.move(transfer, { ...transfer.state, proof }, effects)
  }

  protected found(transfer: Waiting, audit: NonNullable<Effects['audit']>): Promise<Transfer<NcpState>> {
    const { request, identity } = transfer.state
    return this.flow.move(transfer, { state: 'identified', request, identity }, { audit })
  }

  protected pageOf({ state }: Waiting, proof: ShownProof): NcpPage {
    return { page: 'second-proof', receiver: state.request.receiver, proof }
  }
}
