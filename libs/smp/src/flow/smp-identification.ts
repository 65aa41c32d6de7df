import {
  loginOrder,
  claimsOf,
  decideLookup,
  proofSystemOfTarget,
  reasonOf,
  referenceOf,
  SecondProof,
  shownLink,
  shownProof,
  sisContext,
  startLogin,
  waysOf,
  type Effects,
  type FinishedLogin,
  type Identity,
  type ProofAnswer,
  type ProofOutcome,
  type ReasonCode,
  type Step,
  type Transfer,
} from '@emrex-gateway/core'
import type { SmpFlow, SmpHost } from './smp-flow.js'
import type { SmpPage } from './smp-page.js'
import { isIn, type SmpState, type SmpTransfer } from './smp-transfer.js'

type Audit = NonNullable<Effects['audit']>
/** What the login left to be kept beside the state. */
type Kept = Pick<Effects, 'putBodies'>

const hub = ({ id }: { readonly id: string }): Step<SmpPage> => ({ kind: 'hub', transferId: id })

/** Which of our students is this login? By what it says, by a link that was proved before, or by a second proof now. */
export class SmpIdentification {
  readonly proof: SecondProof

  constructor(
    private readonly flow: Pick<SmpFlow, 'entry' | 'move' | 'end' | 'provider'>,
    private readonly host: SmpHost,
  ) {
    const { id, target, logins, minimumLoa, codeMail } = flow.entry
    const system = proofSystemOfTarget(target)
    this.proof = new SecondProof({
      entry: id,
      systems: system === undefined ? [] : [system],
      logins,
      minimumLoa,
      store: host.store,
      log: host.log,
      ...(codeMail === undefined ? {} : { mail: codeMail }),
      now: () => host.now(),
      randomId: () => host.randomId(),
      context: () => sisContext(flow.entry.targetTimeoutSeconds, 'second-proof'),
    })
  }

  /** Looks for the student, and moves on to where the outcome leads. */
  async identify(
    transfer: SmpTransfer<'login' | 'proving'>,
    identity: Identity,
    audit: Audit,
    kept: Kept = {},
  ): Promise<Transfer<SmpState>> {
    const { target } = this.flow.entry
    let code: ReasonCode
    try {
      const context = sisContext(this.flow.entry.targetTimeoutSeconds, referenceOf(transfer.id))
      const found = (await target.target?.match(claimsOf(identity), context)) ?? []
      const link = target.target === undefined ? undefined : await this.proof.linked(identity, target.id)
      const evidence = { linked: link?.enrolments ?? [] }
      let decided = decideLookup(identity, found, evidence)
      if ('end' in decided && decided.end === 'ID_INSUFFICIENT' && (await this.canAsk(identity)))
        decided = decideLookup(identity, found, { ...evidence, canAsk: true })
      if ('ask' in decided) return await this.ask(transfer, identity, audit, kept)
      if ('found' in decided) {
        const used = decided.linked && link !== undefined ? link : undefined
        if (used !== undefined) await this.host.store.links.touch(used.link.id)
        const shown = used && shownLink(used, this.flow.provider(identity.provider).info.label)
        const [owner] = decided.found
        const next = { state: 'identified', identity, owner, ...(shown === undefined ? {} : { link: shown }) } as const
        return await this.flow.move(transfer, next, { ...kept, audit })
      }
      code = decided.end
    } catch (error) {
      code = reasonOf(error)
      // Somebody else was faster; that is no failure of the SIS.
      if (code === 'TRANSFER_CHANGED') throw error
      this.host.log.warn('sis.failed', { entry: this.flow.entry.id, connection: target.id, code })
    }
    return this.flow.end(transfer, { code }, [...audit, { event: 'transfer.ended', code }], '', kept)
  }

  show(transfer: SmpTransfer<'proving'>): Step<SmpPage> {
    const { proof } = transfer.state
    if (proof.step === 'login') return proof.login.action
    return { kind: 'page', page: { page: 'second-proof', proof: shownProof(proof) } }
  }

  /** What the person did on the page of the second proof. */
  async answer(transfer: Transfer<SmpState>, answer: ProofAnswer): Promise<Step<SmpPage>> {
    if (!isIn(transfer, 'proving')) return hub(transfer)
    const { identity, proof } = transfer.state
    return this.follow(transfer, await this.proof.answer(identity, proof, answer))
  }

  /** The person wants to prove it with another login. */
  async login(transfer: Transfer<SmpState>, providerId: string, language: string): Promise<Step<SmpPage>> {
    if (!isIn(transfer, 'proving')) return hub(transfer)
    const { identity, proof } = transfer.state
    const { systems, places, logins } = proof
    if (!logins.some(({ id }) => id === providerId)) return hub(transfer)
    const provider = this.flow.provider(providerId)
    const order = loginOrder(this.flow.entry, provider, { handle: this.host.randomId(), language })
    const login = await startLogin(provider, order)
    if ('code' in login) return this.complete(transfer, login, providerId)
    await this.flow.move(
      transfer,
      { state: 'proving', identity, proof: { systems, places, logins, step: 'login', login } },
      {
        handles: [{ kind: 'login', value: order.handle }],
        audit: [{ event: 'login.started', facts: { provider: providerId } }],
      },
    )
    return login.action
  }

  /** The other login came back. */
  async complete(transfer: SmpTransfer<'proving'>, finished: FinishedLogin, provider: string): Promise<Step<SmpPage>> {
    const { identity, proof } = transfer.state
    if ('identity' in finished) return this.follow(transfer, await this.proof.login(identity, proof, finished.identity))
    const { code, detail } = finished
    return hub(
      await this.flow.move(
        transfer,
        { state: 'proving', identity, proof: waysOf(proof) },
        { audit: [{ event: 'login.failed', code, facts: { provider, detail } }] },
      ),
    )
  }

  /** The person has no second proof to give. */
  async giveUp(transfer: Transfer<SmpState>): Promise<Step<SmpPage>> {
    if (!isIn(transfer, 'proving')) return hub(transfer)
    const code = 'ID_INSUFFICIENT'
    return hub(await this.flow.end(transfer, { code }, [{ event: 'transfer.ended', code }]))
  }

  /** The person removes the link that they were found by. They stay who they are, for this transfer. */
  async unlink(transfer: Transfer<SmpState>, linkId: string): Promise<Step<SmpPage>> {
    if (!isIn(transfer, 'identified')) return hub(transfer)
    const { link, ...state } = transfer.state
    if (link?.id !== linkId) return hub(transfer)
    await this.proof.unlink(linkId)
    return hub(await this.flow.move(transfer, state, { audit: [{ event: 'link.removed' }] }))
  }

  private canAsk(identity: Identity): Promise<boolean> {
    return this.proof.canAsk(identity, this.flow.entry.target.id)
  }

  private async ask(
    transfer: SmpTransfer<'login' | 'proving'>,
    identity: Identity,
    audit: Audit,
    kept: Kept,
  ): Promise<Transfer<SmpState>> {
    const ways = await this.proof.ways(identity, [this.flow.entry.target.id])
    const facts = { universities: ways.places.length, logins: ways.logins.length }
    const next = { state: 'proving', identity, proof: waysOf(ways) } as const
    return this.flow.move(transfer, next, { ...kept, audit: [...audit, { event: 'proof.asked', facts }] })
  }

  private async follow(transfer: SmpTransfer<'proving'>, outcome: ProofOutcome): Promise<Step<SmpPage>> {
    const { identity } = transfer.state
    if ('proven' in outcome) {
      const audit: Audit = [{ event: 'proof.completed', facts: { by: outcome.proven } }]
      return hub(await this.identify(transfer, identity, audit))
    }
    const { step } = outcome
    const audit: Audit = step.step === 'refused' ? [{ event: 'proof.failed', facts: { why: step.why } }] : []
    return hub(await this.flow.move(transfer, { state: 'proving', identity, proof: step }, { audit }))
  }
}
