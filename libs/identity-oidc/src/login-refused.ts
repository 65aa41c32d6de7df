import type { IdentityFailure } from '@emrex-gateway/core'

/** Ends the judgement of an answer. `detail` is one of our own codes, and never a text of the other side. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused'
  constructor(
    readonly reason: IdentityFailure,
    readonly detail: string,
  ) {
    super(detail)
  }
}
