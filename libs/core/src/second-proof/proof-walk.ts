import type { Step } from '../browser-action.js'
import type { Identity, Loa } from '../identity.js'
import { isOnItsWay, loginOf, loginOrder, startLogin, type FinishedLogin } from '../login-step.js'
import type { GatewayStore } from '../ports/gateway-store.js'
import type { IdentityProvider } from '../ports/identity-provider.js'
import type { Log } from '../ports/log.js'
import type { AnyState, Effects, Transfer } from '../ports/transfer-store.js'
import { sisContext } from '../sis-context.js'
import { waysOf, type ProofAnswer, type ShownProof } from './proof-answer.js'
import type { CodeMail } from './proof-desk.js'
import type { ProofOutcome, ProofStep } from './proof-step.js'
import type { ProofSystem } from './proof-system.js'
import { SecondProof, shownProof } from './second-proof.js'

/** What a transfer holds while a second proof is asked for. */
export interface Proving extends AnyState {
  readonly identity: Identity
  readonly proof: ProofStep
}

/** One entry of a role, as far as second proofs go. */
export interface ProofEntry {
  readonly id: string
  readonly publicUrl: string
  readonly logins: readonly IdentityProvider[]
  readonly minimumLoa: Loa | 'none'
  readonly codeMail?: CodeMail
}

export interface ProofHost {
  readonly store: Pick<GatewayStore, 'links' | 'attempts'>
  readonly log: Log
  now(): Date
  randomId(): string
}

/**
 * The steps of a second proof in a transfer, the same for both roles: the page, what the person does on it, the other login.
 * What the proof leads to is the role's.
 */
export abstract class ProofWalk<State extends AnyState, Waiting extends State & Proving, Page> {
  readonly proof: SecondProof

  protected constructor(
    private readonly place: ProofEntry,
    systems: readonly ProofSystem[],
    timeoutSeconds: number,
    protected readonly host: ProofHost,
  ) {
    const { id, logins, minimumLoa, codeMail } = place
    this.proof = new SecondProof({
      ...{ entry: id, systems, logins, minimumLoa, store: host.store, log: host.log },
      ...(codeMail === undefined ? {} : { mail: codeMail }),
      now: () => host.now(),
      randomId: () => host.randomId(),
      context: () => sisContext(timeoutSeconds, 'second-proof'),
    })
  }

  protected abstract isWaiting(transfer: Transfer<State>): transfer is Transfer<Waiting>
  /** The transfer goes on waiting, at this step. */
  protected abstract wait(transfer: Transfer<Waiting>, proof: ProofStep, effects: Effects): Promise<Transfer<State>>
  /** The link stands: the transfer goes on where the person is looked up. */
  protected abstract found(transfer: Transfer<Waiting>, audit: NonNullable<Effects['audit']>): Promise<Transfer<State>>
  protected abstract pageOf(transfer: Transfer<Waiting>, proof: ShownProof): Page

  show(transfer: Transfer<Waiting>): Step<Page> {
    const { proof } = transfer.state
    if (proof.step === 'login' && isOnItsWay(proof.login, transfer, this.host.now())) return proof.login.action
    return { kind: 'page', page: this.pageOf(transfer, shownProof(proof)) }
  }

  /** What the person did on the page of the second proof. */
  async answer(transfer: Transfer<State>, answer: ProofAnswer): Promise<Step<Page>> {
    if (!this.isWaiting(transfer)) return hub(transfer)
    const { identity, proof } = transfer.state
    return this.follow(transfer, await this.proof.answer(identity, proof, answer))
  }

  /** The person wants to prove it with another login. */
  async login(transfer: Transfer<State>, providerId: string, language: string): Promise<Step<Page>> {
    if (!this.isWaiting(transfer)) return hub(transfer)
    const { systems, places, logins } = transfer.state.proof
    if (!logins.some(({ id }) => id === providerId)) return hub(transfer)
    const provider = loginOf(this.place.logins, providerId)
    const order = loginOrder(this.place, provider, { handle: this.host.randomId(), language })
    const login = await startLogin(provider, order)
    if ('code' in login) return this.complete(transfer, login, providerId)
    await this.wait(
      transfer,
      { systems, places, logins, step: 'login', login },
      {
        handles: [{ kind: 'login', value: order.handle }],
        audit: [{ event: 'login.started', facts: { provider: providerId } }],
      },
    )
    return login.action
  }

  /** The other login came back. */
  async complete(transfer: Transfer<Waiting>, finished: FinishedLogin, provider: string): Promise<Step<Page>> {
    const { identity, proof } = transfer.state
    if ('identity' in finished) return this.follow(transfer, await this.proof.login(identity, proof, finished.identity))
    const { code, detail } = finished
    const audit = [{ event: 'login.failed', code, facts: { provider, detail } }] as const
    return hub(await this.wait(transfer, waysOf(proof, 'login'), { audit }))
  }

  private async follow(transfer: Transfer<Waiting>, outcome: ProofOutcome): Promise<Step<Page>> {
    if ('proven' in outcome)
      return hub(await this.found(transfer, [{ event: 'proof.completed', facts: { by: outcome.proven } }]))
    const { step } = outcome
    const audit = step.step === 'refused' ? ([{ event: 'proof.failed', facts: { why: step.why } }] as const) : []
    return hub(await this.wait(transfer, step, { audit }))
  }
}

const hub = ({ id }: { readonly id: string }): { readonly kind: 'hub'; readonly transferId: string } => ({
  kind: 'hub',
  transferId: id,
})
