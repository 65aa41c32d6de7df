import {
  loginOrder,
  proofSystemOfSource,
  SecondProof,
  shownLink,
  shownProof,
  sisContext,
  startLogin,
  waysOf,
  type FinishedLogin,
  type FoundLink,
  type ProofAnswer,
  type ProofOutcome,
  type ShownLink,
  type Step,
  type Transfer,
} from '@emrex-gateway/core'
import type { NcpFlow, NcpHost } from './ncp-flow.js'
import type { NcpPage } from './ncp-page.js'
import { isIn, type NcpState, type NcpTransfer } from './ncp-transfer.js'

const hub = ({ id }: { readonly id: string }): Step<NcpPage> => ({ kind: 'hub', transferId: id })

/** Second proofs at the NCP: from "the login does not suffice" to a link by which the results are found. */
export class NcpProving {
  readonly proof: SecondProof

  constructor(
    private readonly flow: Pick<NcpFlow, 'entry' | 'move' | 'giveUp' | 'provider'>,
    private readonly host: NcpHost,
  ) {
    const { id, sources, logins, minimumLoa, codeMail } = flow.entry
    this.proof = new SecondProof({
      entry: id,
      systems: sources.flatMap((source) => proofSystemOfSource(source) ?? []),
      logins,
      minimumLoa,
      store: host.store,
      log: host.log,
      ...(codeMail === undefined ? {} : { mail: codeMail }),
      now: () => host.now(),
      randomId: () => host.randomId(),
      context: () => sisContext(flow.entry.sourceTimeoutSeconds, 'second-proof'),
    })
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

  show(transfer: NcpTransfer<'proving'>): Step<NcpPage> {
    const { request, proof } = transfer.state
    if (proof.step === 'login') return proof.login.action
    return { kind: 'page', page: { page: 'second-proof', receiver: request.receiver, proof: shownProof(proof) } }
  }

  /** What the person did on the page of the second proof. */
  async answer(transfer: Transfer<NcpState>, answer: ProofAnswer): Promise<Step<NcpPage>> {
    if (!isIn(transfer, 'proving')) return hub(transfer)
    const { identity, proof } = transfer.state
    return this.follow(transfer, await this.proof.answer(identity, proof, answer))
  }

  /** The person wants to prove it with another login. */
  async login(transfer: Transfer<NcpState>, providerId: string, language: string): Promise<Step<NcpPage>> {
    if (!isIn(transfer, 'proving')) return hub(transfer)
    const { request, identity, proof } = transfer.state
    const { systems, places, logins } = proof
    if (!logins.some(({ id }) => id === providerId)) return hub(transfer)
    const provider = this.flow.provider(providerId)
    const order = loginOrder(this.flow.entry, provider, { handle: this.host.randomId(), language })
    const login = await startLogin(provider, order)
    if ('code' in login) return this.complete(transfer, login, providerId)
    await this.flow.move(
      transfer,
      { state: 'proving', request, identity, proof: { systems, places, logins, step: 'login', login } },
      {
        handles: [{ kind: 'login', value: order.handle }],
        audit: [{ event: 'login.started', facts: { provider: providerId } }],
      },
    )
    return login.action
  }

  /** The other login came back. */
  async complete(transfer: NcpTransfer<'proving'>, finished: FinishedLogin, provider: string): Promise<Step<NcpPage>> {
    const { request, identity, proof } = transfer.state
    if ('identity' in finished) return this.follow(transfer, await this.proof.login(identity, proof, finished.identity))
    const { code, detail } = finished
    return hub(
      await this.flow.move(
        transfer,
        { state: 'proving', request, identity, proof: waysOf(proof) },
        { audit: [{ event: 'login.failed', code, facts: { provider, detail } }] },
      ),
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

  private async follow(transfer: NcpTransfer<'proving'>, outcome: ProofOutcome): Promise<Step<NcpPage>> {
    const { request, identity } = transfer.state
    if ('proven' in outcome) {
      const audit = [{ event: 'proof.completed', facts: { by: outcome.proven } }] as const
      return hub(await this.flow.move(transfer, { state: 'identified', request, identity }, { audit }))
    }
    const { step } = outcome
    const audit = step.step === 'refused' ? ([{ event: 'proof.failed', facts: { why: step.why } }] as const) : []
    return hub(await this.flow.move(transfer, { state: 'proving', request, identity, proof: step }, { audit }))
  }
}
