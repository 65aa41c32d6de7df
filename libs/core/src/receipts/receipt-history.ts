import type { Elmo } from '@emrex-gateway/elmo'
import { EmrexError } from '../emrex-error.js'
import { loggedTransfers } from '../logged-transfers.js'
import { defaults } from '../numbers.js'
import type { GatewayStore } from '../ports/gateway-store.js'
import type { Log } from '../ports/log.js'
import type { EarlierImport, Enrolment } from '../ports/sis-plugin.js'
import type { Handle, Transfer, TransferStore } from '../ports/transfer-store.js'
import { markResults } from './result-marks.js'
import type { ReceiptFile } from './signed-receipt.js'

export interface HistoryState {
  readonly state: 'kept'
  readonly receipts: readonly ReceiptFile[]
  /** What came with these; absent before this was kept. */
  readonly imports?: readonly KeptImport[]
}

interface KeptImport {
  /** Number of its receipt. */
  readonly number: string
  readonly at: string
  readonly reference?: string
  readonly marks: readonly string[]
}

/** What an import brought, and the number that staff know it by. */
export interface BroughtResults {
  readonly elmo: Elmo
  readonly reference?: string | undefined
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
 * The receipts of a student's imports at one SMP, kept so that the student finds them at the next login, with marks by which
 * staff are told that results came before. Neither names a person; whose they are, only a keyed hash of the student's key in
 * the SIS tells. The student may have them removed.
 */
export class ReceiptHistory {
  readonly records: TransferStore<HistoryState>

  constructor(private readonly host: HistoryHost) {
    this.records = loggedTransfers(host.store.transfers<HistoryState>('history'), 'history', host.log)
  }

  /** Adds a receipt, once however often it is called: a delivery that is tried again gives the same receipt number. */
  async add(owner: Enrolment, file: ReceiptFile, brought?: BroughtResults): Promise<void> {
    if (this.host.days === 0) return
    for (let tries = 1; ; tries++) {
      try {
        return await this.addNow(owner, file, brought)
      } catch (error) {
        if (!isTaken(error) || tries === saveTries) throw error
      }
    }
  }

  private async addNow(owner: Enrolment, file: ReceiptFile, brought?: BroughtResults): Promise<void> {
    const expiresAt = this.host.now().getTime() + this.host.days * dayMs
    const record = await this.find(owner)
    const came = brought === undefined ? [] : [keptImport(file, brought)]
    if (record === undefined) {
      const { entry } = this.host
      const state: HistoryState = { state: 'kept', receipts: [file], imports: came }
      await this.records.create({ entry, state, browser: '', expiresAt }, { handles: [handleOf(owner)] })
      return
    }
    const { receipts, imports = [] } = record.state
    if (receipts.some(({ receipt }) => receipt.number === file.receipt.number)) return
    const kept = [...receipts, file].slice(-defaults.historyMaxReceipts)
    const isKept = ({ number }: KeptImport) => kept.some(({ receipt }) => receipt.number === number)
    const state: HistoryState = { state: 'kept', receipts: kept, imports: [...imports, ...came].filter(isKept) }
    await this.records.save(record, { state, expiresAt })
  }

  /** Newest first. */
  async list(owner: Enrolment): Promise<readonly ReceiptFile[]> {
    const record = await this.find(owner)
    return record === undefined ? [] : [...record.state.receipts].reverse()
  }

  /** Earlier imports of the student that brought results of this document, newest first, each result where it came last. */
  async earlier(owner: Enrolment, elmo: Elmo, ownNumber: string): Promise<readonly EarlierImport[]> {
    const { imports = [] } = (await this.find(owner))?.state ?? {}
    const all = markResults(elmo)
    let left = all
    return [...imports].reverse().flatMap(({ number, at, reference, marks }) => {
      // A delivery that is tried again may have noted itself.
      const came = number === ownNumber ? [] : left.filter(({ mark }) => marks.includes(mark))
      if (came.length === 0) return []
      left = left.filter((result) => !came.includes(result))
      const results = came.map(({ title }) => title)
      return [{ at, ...(reference === undefined ? {} : { reference }), results, isAll: came.length === all.length }]
    })
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

const keptImport = ({ receipt }: ReceiptFile, { elmo, reference }: BroughtResults): KeptImport => ({
  ...{ number: receipt.number, at: receipt.at, marks: markResults(elmo).map(({ mark }) => mark) },
  ...(reference === undefined ? {} : { reference }),
})

const handleOf = ({ person, institution }: Enrolment): Handle => ({
  kind: 'student',
  value: JSON.stringify([institution.code, person]),
})

const isTaken = (error: unknown): boolean =>
  error instanceof EmrexError && ['TRANSFER_CHANGED', 'HANDLE_TAKEN'].includes(error.code)
