import type { CodeMail, IdentityProvider, Loa, ProviderState, Registry, SisConnection } from '@emrex-gateway/core'
import type { MakeTranscript } from '@emrex-gateway/core'
import type { SignatureEngine, SigningKey } from '@emrex-gateway/elmo'
import type { RequestDesk } from './request-desk.js'

/** One SMP of this gateway, as the settings describe it. */
export interface SmpEntry {
  /** Stands in the path: `/smp/ID`. */
  readonly id: string
  /** Shown to the person: who fetches the results. */
  readonly title: string
  /** `https://host/smp/ID`, without a slash at the end. */
  readonly publicUrl: string
  readonly logins: readonly IdentityProvider[]
  /** Login of staff who decide about unsure matches; absent = nobody can. */
  readonly staffLogin?: IdentityProvider
  /** How a login is now, as far as it is known; one of which nothing is known is offered. */
  readonly stateOfLogin?: (id: string) => ProviderState | undefined
  /** NCPs of this gateway whose figures this entry's staff may see beside their own. */
  readonly statisticsOf?: readonly { readonly id: string; readonly title: string }[]
  readonly minimumLoa: Loa | 'none'
  readonly target: SisConnection
  /** Another system is served: each transfer belongs to one of its requests, and `target` takes what comes of it. */
  readonly desk?: RequestDesk
  /** The systems whose logins stand in `logins`: each takes back the leave that it gave. The target where absent. */
  readonly grantors?: readonly SisConnection[]
  /** Sends codes for second proofs; absent where no mail can be sent. */
  readonly codeMail?: CodeMail
  readonly registry: Registry
  /** Names of the own institution as registries write them: choosing it is a mistake that we explain. */
  readonly ownInstitutions: readonly string[]
  /** SHA-1 exceptions: the address of an NCP, and the last day on which it may still sign so. */
  readonly sha1Exceptions: readonly { readonly ncpUrl: string; readonly until: string }[]
  /** `fast` where absent. */
  readonly signatureEngine?: SignatureEngine
  /** Signs receipts; without it they are given unsigned. */
  readonly signingKey?: SigningKey | undefined
  /** On what basis results are taken, in words for a receipt; `usualBasis` where absent. */
  readonly basis?: string
  /** How long a student is shown an import of theirs; 0 = never. `defaults.historyDays` where absent. */
  readonly historyDays?: number
  /** Makes the PDF that staff and the student are offered of what arrived; absent where none is. */
  readonly transcript?: MakeTranscript
  readonly transferMinutes: number
  readonly sealedBodyMinutes: number
  /** How long a case waits for staff, and a decided import for its SIS. */
  readonly caseDays: number
  readonly targetTimeoutSeconds: number
  readonly clockSkewMinutes: number
}
