import {
  claimsOf,
  decideLookup,
  errorFacts,
  giveBack,
  proofSystemOfTarget,
  ProofWalk,
  reasonOf,
  referenceOf,
  shownLink,
  sisContext,
  SisError,
  waysOf,
  type Effects,
  type Grant,
  type Identity,
  type PersonField,
  type ProofStep,
  type ReasonCode,
  type ShownProof,
  type Step,
  type Transfer,
} from '@emrex-gateway/core'
import { ownerOfAsked, whyOver } from './request-desk.js'
import type { SmpFlow } from './smp-flow.js'
import type { SmpHost } from './smp-host.js'
import type { SmpPage } from './smp-page.js'
import { isIn, type SmpState, type SmpTransfer } from './smp-transfer.js'

type Audit = NonNullable<Effects['audit']>
/** What the login left to be kept beside the state. */
type Kept = Pick<Effects, 'putBodies'>

const hub = ({ id }: { readonly id: string }): Step<SmpPage> => ({ kind: 'hub', transferId: id })

type Waiting = SmpTransfer<'proving'>

/** As the page of an end names what did not fit. */
const shownField: Record<PersonField, string> = { identifier: 'identifier', birthDate: 'birth-date', names: 'names' }

/** Which of our students is this login? By what it says, by a link that was proved before, or by a second proof now. */
export class SmpIdentification extends ProofWalk<SmpState, Waiting['state'], SmpPage> {
  constructor(
    private readonly flow: Pick<SmpFlow, 'entry' | 'move' | 'end' | 'provider'>,
    host: SmpHost,
  ) {
    const { entry } = flow
    const system = proofSystemOfTarget(entry.target)
    super(entry, system === undefined ? [] : [system], entry.targetTimeoutSeconds, host)
  }

  /** Looks for the student, and moves on to where the outcome leads. */
  async identify(
    transfer: SmpTransfer<'login' | 'proving'>,
    identity: Identity,
    audit: Audit,
    kept: Kept = {},
    grant?: Grant,
  ): Promise<Transfer<SmpState>> {
    const { target, desk } = this.flow.entry
    if (desk !== undefined) {
      this.giveBack(grant)
      return this.identifyApplicant(transfer, identity, audit, kept)
    }
    let code: ReasonCode
    let fields: readonly string[] = []
    try {
      const context = sisContext(this.flow.entry.targetTimeoutSeconds, referenceOf(transfer.id))
      const own = grant?.connection === target.id ? { grant } : {}
      const found = (await target.target?.match({ ...claimsOf(identity), ...own }, context)) ?? []
      const link = target.target === undefined ? undefined : await this.proof.linked(identity, target.id)
      const evidence = { linked: link?.enrolments ?? [], granted: 'grant' in own }
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
      if (decided.end === 'ID_MISMATCH') fields = decided.fields.map((field) => shownField[field])
    } catch (error) {
      code = reasonOf(error)
      // Somebody else was faster, or our own database was away: that is no failure of the SIS, and ends nothing.
      if (code === 'TRANSFER_CHANGED' || code === 'STORE_UNAVAILABLE') throw error
      const kind = error instanceof SisError ? { kind: error.kind } : {}
      const reference = referenceOf(transfer.id)
      const failed = {
        entry: this.flow.entry.id,
        reference,
        connection: target.id,
        code,
        ...kind,
        ...errorFacts(error),
      }
      this.host.log.warn('sis.failed', failed)
    } finally {
      this.giveBack(grant)
    }
    const end = fields.length === 0 ? { code } : { code, fields }
    return this.flow.end(transfer, end, [...audit, { event: 'transfer.ended', code }], '', kept)
  }

  /** Another system asked: the applicant must be who it says, where it says so. Nobody is looked up. */
  async identifyApplicant(
    transfer: Transfer<SmpState>,
    identity: Identity,
    audit: Audit,
    kept: Kept = {},
  ): Promise<Transfer<SmpState>> {
    const { desk } = this.flow.entry
    const asked = await desk?.of(transfer.id)
    const found = asked === undefined ? { code: await whyOver(desk, transfer.id) } : ownerOfAsked(asked, identity)
    if ('owner' in found)
      return this.flow.move(transfer, { state: 'identified', identity, ...found }, { ...kept, audit })
    const end = 'code' in found ? found : ({ code: 'ID_MISMATCH', fields: found.fields } as const)
    return this.flow.end(transfer, end, [...audit, { event: 'transfer.ended', code: end.code }], '', kept)
  }

  /** A leave to read that is of no more use. */
  giveBack(grant: Grant | undefined): void {
    const { grantors, target } = this.flow.entry
    giveBack(grant, grantors ?? [target])
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

  protected isWaiting(transfer: Transfer<SmpState>): transfer is Waiting {
    return isIn(transfer, 'proving')
  }

  protected wait(transfer: Waiting, proof: ProofStep, effects: Effects): Promise<Transfer<SmpState>> {
    return this.flow.move(transfer, { ...transfer.state, proof }, effects)
  }

  protected found(transfer: Waiting, audit: Audit): Promise<Transfer<SmpState>> {
    return this.identify(transfer, transfer.state.identity, audit)
  }

  protected pageOf(_transfer: Waiting, proof: ShownProof): SmpPage {
    return { page: 'second-proof', proof }
  }
}
