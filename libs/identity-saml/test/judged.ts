import type { SamlProfile } from '../src/profile.js'
import { SamlRefusal } from '../src/saml-refusal.js'
import type { PendingRequest, ResponseContext, ResponseOutcome } from '../src/validate/response-outcome.js'
import { validateResponse } from '../src/validate/validate-response.js'
import { entities, now, profileOf, requestId, unwrap, type FactoryKeys } from './saml-factory.js'

export interface JudgeOptions {
  readonly profile?: SamlProfile
  readonly pending?: Partial<PendingRequest>
  readonly context?: Partial<ResponseContext>
  readonly at?: Date
}

/** What the validator says of a message that answers the request of the factory. */
export function judge(
  keys: FactoryKeys,
  source: Parameters<typeof validateResponse>[0],
  options: JudgeOptions = {},
): ResponseOutcome {
  const pending: PendingRequest = {
    requestId,
    issuedAt: new Date(now.getTime() - 30_000),
    freshLogin: true,
    minimumLoa: 'substantial',
    ...options.pending,
  }
  const context: ResponseContext = {
    entityId: entities.sp,
    callbackUrl: entities.callback,
    idpEntityId: entities.idp,
    idpKeys: [keys.idp.publicKey],
    decrypt: unwrap,
    ...options.context,
  }
  return validateResponse(source, pending, options.profile ?? profileOf(), options.at ?? now, context)
}

/** `ok`, or the detail of the refusal. */
export const verdict = (outcome: ResponseOutcome): string => (outcome.ok ? 'ok' : outcome.detail)

/** `ok`, or the detail of what was thrown; anything else that is thrown is a fault of ours. */
export function verdictOf(work: () => unknown): string {
  try {
    work()
    return 'ok'
  } catch (error) {
    if (error instanceof SamlRefusal) return error.detail
    throw error
  }
}
