import { EmrexError } from '../emrex-error.js'
import { loggedTransfers } from '../logged-transfers.js'
import { defaults } from '../numbers.js'
import type { GatewayStore } from '../ports/gateway-store.js'
import type { Log } from '../ports/log.js'
import type { Enrolment } from '../ports/sis-plugin.js'
import type { Handle, Transfer, TransferStore } from '../ports/transfer-store.js'
import type { ReceiptFile } from './signed-receipt.js'

export interface HistoryState {
  readonly state: 'kept'
  readonly receipts: readonly ReceiptFile[]
}

export interface HistoryHost {
  readonly store: Pick<GatewayStore, 'transfers'>
  readonly log: Log
  /** Id of the SMP: another one shows other imports. */
  readonly entry: string
  /** 0 = nothing is kept. */
  readonly days: number
  now(): Date
}

const dayMs = 86_400_000
/** Two imports of one student at the same moment; more in a row is no chance. */
const saveTries = 5

/**
 * The receipts of a student's imports at one SMP, kept so that the student finds them at the next login. Receipts name no
 * person; whose they are, only a keyed hash of the student's key in the SIS tells. The student may have them removed.
 */
export class ReceiptHistory {
  readonly records: TransferStore<HistoryState>

  constructor(private readonly host: HistoryHost) {
    this.records = loggedTransfers(host.store.transfers<HistoryState>('history'), 'history', host.log)
  }

  /** Adds a receipt, once however often it is called: a delivery that is tried again gives the same receipt number. */
  async add(owner: Enrolment, file: ReceiptFile): Promise<void> {
    if (this.host.days === 0) return
    for (let tries = 1; ; tries++) {
      try {
        return await this.addNow(owner, file)
      } catch (error) {
        if (!isTaken(error) || tries === saveTries) throw error
      }
    }
  }

  private async addNow(owner: Enrolment, file: ReceiptFile): Promise<void> {
    const expiresAt = this.host.now().getTime() + this.host.days * dayMs
    const record = await this.find(owner)
    if (record === undefined) {
      const { entry } = this.host
      const state: HistoryState = { state: 'kept', receipts: [file] }
      await this.records.create({ entry, state, browser: '', expiresAt }, { handles: [handleOf(owner)] })
      return
    }
    const { receipts } = record.state
    if (receipts.some(({ receipt }) => receipt.number === file.receipt.number)) return
    const kept = [...receipts, file].slice(-defaults.historyMaxReceipts)
    await this.records.save(record, { state: { state: 'kept', receipts: kept }, expiresAt })
  }

  /** Newest first. */
  async list(owner: Enrolment): Promise<readonly ReceiptFile[]> {
    const record = await this.find(owner)
    return record === undefined ? [] : [...record.state.receipts].reverse()
  }

  /** The student wants them gone. */
  async forget(owner: Enrolment): Promise<void> {
    const record = await this.find(owner)
    if (record !== undefined) await this.records.remove(record.id)
  }

  private find(owner: Enrolment): Promise<Transfer<HistoryState> | undefined> {
    return this.records.findByHandle(this.host.entry, handleOf(owner))
  }
}

const handleOf = ({ person, institution }: Enrolment): Handle => ({
  kind: 'student',
  value: JSON.stringify([institution.code, person]),
})

const isTaken = (error: unknown): boolean =>
  error instanceof EmrexError && ['TRANSFER_CHANGED', 'HANDLE_TAKEN'].includes(error.code)
