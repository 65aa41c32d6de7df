import type { PendingLogin } from '../login-step.js'

/** A university that a student number can be told for. */
export interface ProofPlace {
  /** Id of the SIS. */
  readonly system: string
  /** Code of the institution in it. */
  readonly institution: string
  readonly title: string
  /** The scheme of its student numbers: its domain. */
  readonly scheme: string
}

/** What a second proof always remembers: the SISs that ask for it, and the ways that it can take. */
export interface ProofWays {
  readonly systems: readonly string[]
  /** None where no mail is sent, or no SIS has addresses. */
  readonly places: readonly ProofPlace[]
  /** Other logins of the entry that prove a student. */
  readonly logins: readonly { readonly id: string; readonly label: string }[]
}

/** Why the choice between the ways is shown again. */
export type WaysMistake = 'number' | 'code-over' | 'login'

/** Why a second proof leads nowhere. */
export type ProofRefusal = 'locked' | 'no-access' | 'other-login-linked' | 'login-does-not-fit'

/** Where a second proof stands. The same for a student number that exists and for one that does not. */
export type ProofStep =
  | (ProofWays & { readonly step: 'ways'; readonly mistake?: WaysMistake })
  | (ProofWays & {
      readonly step: 'code'
      readonly place: ProofPlace
      readonly number: string
      /** `hashCode` of what was sent, under `salt`. */
      readonly hash: string
      readonly salt: string
      /** Epoch milliseconds. */
      readonly until: number
      readonly triesLeft: number
      readonly mistake?: 'code'
    })
  | (ProofWays & { readonly step: 'login'; readonly login: PendingLogin })
  | (ProofWays & { readonly step: 'refused'; readonly why: ProofRefusal })

export type ProofStepOf<Name extends ProofStep['step']> = Extract<ProofStep, { step: Name }>

/** Proven: the link stands in the store, and the lookup finds it there. */
export type ProofOutcome = { readonly proven: 'code' | 'login' } | { readonly step: ProofStep }

/** A link as the person may see it. */
export interface ShownLink {
  readonly id: string
  /** The login as people know it. */
  readonly login: string
  /** Title of the institution. */
  readonly institution: string
  /** ISO instant. */
  readonly since: string
  /** The masked address that a code was sent to, where the link was proved so. */
  readonly sentTo?: string
}
