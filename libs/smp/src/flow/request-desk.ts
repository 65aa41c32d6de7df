import {
  isBlankName,
  matchPerson,
  personFactsOfIdentity,
  type Enrolment,
  type Identity,
  type NewJob,
  type PersonName,
  type ReasonCode,
  type TransferReceipt,
} from '@emrex-gateway/core'
import type { VerifiedElmo } from '@emrex-gateway/elmo'
import type { AskedFor } from '../api/request-records.js'

/** Stands behind the key of an applicant whose login told nothing of them: the document was compared with the order alone. */
export const silentLogin = 'silent'

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
  /** Where nothing comes of this transfer because of its request: why. */
  readonly code?: ReasonCode
  readonly request?: string
  readonly retentionDays?: number
}

/** To whom an applicant gave something, on the basis that they agreed to, and how much of the document it was: all of it where absent. */
export type GivenByApplicant = Pick<TransferReceipt, 'to'> & Partial<Pick<TransferReceipt, 'basis' | 'content'>>

/** Where the transfers of an SMP come from that serves other systems: each belongs to a request. */
export interface RequestDesk {
  /** The request that a transfer serves; undefined when it is over, goes on with another link, or was withdrawn. */
  of(transferId: string): Promise<AskedApplicant | undefined>
  /** What the end of a transfer may still say of its request. */
  after(transferId: string): Promise<AfterAsked | undefined>
  /** What the receipt of the applicant says otherwise than one of an import; undefined when the request is gone already. */
  given(transferId: string, document: VerifiedElmo): Promise<GivenByApplicant | undefined>
  /** To be written with the end of a transfer: the request learns of it. */
  endedJob(transferId: string, code: ReasonCode): NewJob
}

/** Why nothing may come of a transfer whose request `of` does not give any more. */
export const whyOver = async (desk: RequestDesk | undefined, transferId: string): Promise<ReasonCode> =>
  (await desk?.after(transferId))?.code ?? 'LINK_USED'

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
 * The applicant as the owner of what will arrive: the names of the order, else those of the login. With what did not fit
 * instead, when the login is somebody else than the order names. The document is compared with both when it has come.
 */
export function ownerOfAsked(
  asked: AskedApplicant,
  identity: Identity,
): { readonly owner: Enrolment } | { readonly fields: string[] } {
  const fields = contradictions(asked.applicant, identity)
  if (fields.length > 0) return { fields }
  const { name, birthDate } = asked.applicant
  const [login] = identity.names
  const named = name ?? login
  const born = birthDate ?? (identity.birthDate?.precision === 'day' ? identity.birthDate.value : undefined)
  return {
    owner: {
      person: isSilent(identity) ? `${asked.person} ${silentLogin}` : asked.person,
      institution: { code: asked.client, title: asked.asked.asker },
      learner: {
        ...{ givenNames: named?.given ?? '', familyName: named?.family ?? '' },
        ...(born === undefined ? {} : { bday: born }),
      },
    },
  }
}

/**
 * What a login says otherwise than the order. What one of them does not say contradicts nothing: an account of a university
 * may tell neither name nor birth date. With equal birth dates a person may have another family name since.
 */
function contradictions({ name, birthDate }: AskedApplicant['applicant'], identity: Identity): string[] {
  const login = personFactsOfIdentity(identity)
  const order = { names: name === undefined ? [] : [name], identifiers: [], ...(birthDate && { birthDate }) }
  const { verdict, reasons } = matchPerson(order, login)
  if (verdict !== 'different') return []
  const haveNames = [order, login].every(({ names }) => names.some((one) => !isNameless(one)))
  return reasons
    .filter((reason) => reason.endsWith('-different') && (haveNames || reason === 'birth-date-different'))
    .map((reason) => reason.replace(/-different$/, ''))
}

const isSilent = ({ names, birthDate }: Identity): boolean => names.every(isNameless) && birthDate === undefined

const isNameless = ({ given, family }: Pick<PersonName, 'given' | 'family'>): boolean =>
  isBlankName(given) && isBlankName(family)
