import type { Element } from '@xmldom/xmldom'
import type { SamlProfile } from '../profile.js'
import type { PendingRequest, ResponseContext } from './response-outcome.js'

/** What the checks of a Response look at. */
export interface ResponseScene {
  /** Of the signed bytes, when `isResponseSigned`; else what it says is a hint. */
  readonly response: Element
  readonly isResponseSigned: boolean
  readonly pending: PendingRequest
  readonly profile: SamlProfile
  /** Milliseconds since 1970. */
  readonly now: number
  readonly context: ResponseContext
}

/** What the checks of an assertion look at; `assertion` is of the signed bytes. */
export interface AssertionScene extends ResponseScene {
  readonly assertion: Element
}
