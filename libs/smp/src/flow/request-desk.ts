import {
  matchPerson,
  personFactsOfIdentity,
  personFactsOfLearner,
  type Enrolment,
  type Identity,
  type NewJob,
  type ReasonCode,
} from '@emrex-gateway/core'
import type { AskedFor } from '../api/request-records.js'

/** Who a transfer is for, where another system asked for it. */
export interface AskedApplicant {
  readonly request: string
  /** Opaque; stands where a SIS has its key of the person. */
  readonly person: string
  readonly client: string
  readonly asked: AskedFor
  /** As the asking system knows them. */
  readonly applicant: {
    readonly name?: { readonly given: string; readonly family: string }
    readonly birthDate?: string
  }
}

/** What is left to say of a request when its transfer is over. */
export interface AfterAsked {
  readonly asker: string
  /** Where the request is over without a result of this transfer: why. */
  readonly code?: ReasonCode
  readonly request?: string
  readonly retentionDays?: number
}

/** Where the transfers of an SMP come from that serves other systems: each belongs to a request. */
export interface RequestDesk {
  /** The request that a transfer serves; undefined when it is over, or goes on with another link. */
  of(transferId: string): Promise<AskedApplicant | undefined>
  /** What the end of a transfer may still say of its request. */
  after(transferId: string): Promise<AfterAsked | undefined>
  /** To be written with the end of a transfer: the request learns of it. */
  endedJob(transferId: string, code: ReasonCode): NewJob
}

/** The identity of somebody who did not log in: what the asking system says of them, and no more than that. */
export function identityOfOrder({ request, client, applicant }: AskedApplicant, now: Date): Identity {
  const { name, birthDate } = applicant
  return {
    ...{ provider: 'order', issuer: client, subject: request, loa: 'none', authenticatedAt: now.toISOString() },
    names: name === undefined ? [] : [{ ...name, kind: 'current' }],
    ...(birthDate === undefined ? {} : { birthDate: { value: birthDate, precision: 'day' as const } }),
    ...{ identifiers: [], roles: [] },
  }
}

/**
 * The applicant as the owner of what will arrive: the names of the order, else those of the login. Undefined, with what
 * did not fit, when the login is somebody else than the order names.
 */
export function ownerOfAsked(
  asked: AskedApplicant,
  identity: Identity,
): { readonly owner: Enrolment } | { readonly fields: string[] } {
  const { name, birthDate } = asked.applicant
  const [login] = identity.names
  const named = name ?? login
  const born = birthDate ?? (identity.birthDate?.precision === 'day' ? identity.birthDate.value : undefined)
  const owner: Enrolment = {
    person: asked.person,
    institution: { code: asked.client, title: asked.asked.asker },
    learner: {
      ...{ givenNames: named?.given ?? '', familyName: named?.family ?? '' },
      ...(born === undefined ? {} : { bday: born }),
    },
  }
  if (name === undefined) return { owner }
  const order = personFactsOfLearner({
    givenNames: name.given,
    familyName: name.family,
    ...(birthDate === undefined ? {} : { bday: birthDate }),
  })
  const match = matchPerson(order, personFactsOfIdentity(identity))
  if (match.verdict !== 'different') return { owner }
  return {
    fields: match.reasons
      .filter((reason) => reason.endsWith('-different'))
      .map((reason) => reason.replace(/-different$/, '')),
  }
}
