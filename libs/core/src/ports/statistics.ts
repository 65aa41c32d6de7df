import type { ReasonCode } from '../reason-codes.js'
import type { TransferKind } from './transfer-store.js'

/**
 * Where a transfer is counted. A transfer stands in exactly one such place at any time, from its begin on, so that any
 * sum over places is a number of transfers, and every table adds up. No personal data.
 */
export interface CountPlace {
  /** The hour in which the transfer began: epoch milliseconds of its first instant. */
  readonly hour: number
  readonly kind: TransferKind
  readonly entry: string
  /** ISO 3166-1 alpha-2 of where the results come from; empty while nobody knows. */
  readonly country: string
  /** At an NCP the origin of a return address that the settings know, else `other`; at an SMP the address of the NCP that was asked; empty before. */
  readonly partner: string
  /** The language of the first page; empty where nobody said. */
  readonly language: string
  /** How it ended; empty while it is under way. */
  readonly code: ReasonCode | ''
  /** The state that it left when it ended; empty while it is under way. */
  readonly stage: string
}

export interface Count extends CountPlace {
  readonly count: number
}

/** What is now known of a transfer's place; the rest stays. A place with a code is final: nothing moves it any more. */
export type CountChange = Partial<Omit<CountPlace, 'hour' | 'kind' | 'entry'>>

/** How many transfers stand where. */
export interface Statistics {
  /** Of the transfers that began from `from` up to, and without, `to` (epoch milliseconds). As of one instant. */
  counts(filter: {
    readonly from: number
    readonly to: number
    readonly kind?: TransferKind
    readonly entry?: string
  }): Promise<readonly Count[]>
  /** Adds up what was noted since the last time, a bounded number of notes; changes no sum. Gives how many notes it took. */
  rollUp(): Promise<number>
}
