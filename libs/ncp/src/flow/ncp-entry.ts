import type {
  CodeMail,
  IdentityProvider,
  KnownReceiver,
  Loa,
  ProviderState,
  SisConnection,
  Want,
} from '@emrex-gateway/core'
import type { SignatureEngine, SigningKey } from '@emrex-gateway/elmo'
import type { MakeTranscript } from '@emrex-gateway/core'

/** One NCP of this gateway, as the settings describe it. */
export interface NcpEntry {
  /** Stands in the path: `/ncp/ID`. */
  readonly id: string
  /** Shown to the person: whose results these are. */
  readonly title: string
  /** ISO 3166-1 alpha-2 of where the results come from, for the statistics. */
  readonly country?: string
  /** `https://host/ncp/ID`, without a slash at the end. */
  readonly publicUrl: string
  readonly logins: readonly IdentityProvider[]
  /** How a login is now, as far as it is known; one of which nothing is known is offered. */
  readonly stateOfLogin?: (id: string) => ProviderState | undefined
  readonly minimumLoa: Loa | 'none'
  readonly sources: readonly SisConnection[]
  /** The systems whose logins stand in `logins`: each takes back the leave that it gave. The sources where absent. */
  readonly grantors?: readonly SisConnection[]
  /** How people know a source, by its id: told when it could not be asked. */
  readonly sourceTitles?: ReadonlyMap<string, string>
  /** Sends codes for second proofs; absent where no mail can be sent. */
  readonly codeMail?: CodeMail
  readonly signingKey: SigningKey
  /** On what basis results are given, in words for a receipt; `usualBasis` where absent. */
  readonly basis?: string
  /** `fast` where absent. */
  readonly signatureEngine?: SignatureEngine
  /** Makes the PDF that is attached to each document, for people to read; absent where none is attached. */
  readonly transcript?: MakeTranscript
  readonly receivers: {
    readonly known: readonly KnownReceiver[]
    readonly unknown: 'ask' | 'refuse'
    readonly allowLoopbackHttp: boolean
  }
  readonly want: Want
  /** Reading from all sources ends after this time, with what is there. */
  readonly collectSeconds: number
  /** How long the browser waits for the results before it is shown how far the reading is. */
  readonly collectPatienceMilliseconds: number
  /** For a look-up outside of reading the results. */
  readonly sourceTimeoutSeconds: number
  /** Minutes after the last click. */
  readonly idleMinutes: number
  /** How long a document that was handed over can be handed over again. */
  readonly resendMinutes: number
}
