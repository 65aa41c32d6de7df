import { randomBytes } from 'node:crypto'
import {
  createTransferRequest,
  defaults,
  judgeResponse,
  newSessionId,
  parseTransferResponse,
  reasonOf,
  silentLog,
  type HandOff,
  type Log,
  type ReasonCode,
  type RegistryEntry,
} from '@emrex-gateway/core'
import type { SignatureEngine } from '@emrex-gateway/elmo'
import { judgeAnswer, type AnswerJudgement } from './judge-answer.js'

/** A request on its way: plain data, to be kept beside the person until the answer comes. */
export interface AskedNcp {
  /** The answer carries it. Whoever keeps it takes one answer to it and forgets it then. */
  readonly sessionId: string
  /** ISO instant. */
  readonly askedAt: string
  readonly ncp: RegistryEntry
}

/**
 * Asks an NCP for the results of whoever sits at the browser: `post` is the form that the browser posts there.
 *
 * @param returnUrl where the browser posts the answer to, https.
 * @throws {Error} when `returnUrl` is no address.
 */
export function askNcp(
  ncp: RegistryEntry,
  returnUrl: string,
  now = new Date(),
): { readonly asked: AskedNcp; readonly post: HandOff & { readonly kind: 'post' } } {
  if (!URL.canParse(returnUrl)) throw new Error('returnUrl: a whole address such as https://apply.example.edu/return')
  const sessionId = newSessionId((bytes) => randomBytes(bytes))
  return {
    asked: { sessionId, askedAt: now.toISOString(), ncp },
    post: createTransferRequest(ncp.url, { sessionId, returnUrl }),
  }
}

/** Whom the results must be about, as the application knows them. */
export interface ExpectedPerson {
  /** Never given to anybody else; the same document for the same person gets the same `deliveryId`. */
  readonly id: string
  readonly givenNames: string
  readonly familyName: string
  readonly birthName?: string
  /** `YYYY-MM-DD`. Without it nothing is ever a sure match. */
  readonly birthDate?: string
  readonly nationalId?: { readonly country: string; readonly value: string }
}

export interface TakeAnswerOptions {
  readonly asked: AskedNcp
  readonly person: ExpectedPerson
  readonly now?: Date
  /** The last day on which this NCP may sign with SHA-1, as an ISO date. */
  readonly sha1Until?: string
  readonly engine?: SignatureEngine
  /** Default: none is kept. */
  readonly log?: Log
}

/** What came back: a verified document with its match, or the reason why there is none. */
export type TakenAnswer =
  | (Exclude<AnswerJudgement, { refused: ReasonCode }> & { readonly refused?: undefined })
  | {
      readonly refused: ReasonCode
      readonly detail: string
      /** What the NCP said; text of the other side, never markup. */
      readonly said?: string
    }

/**
 * Takes the answer of an NCP: reads the form, verifies the document by the certificates of the NCP that was asked, and
 * holds its learner against the person. Changes nothing and keeps nothing.
 *
 * Guaranteed: a document is given only where the answer is one to this request and no older than a day, its signature is by
 * the NCP that was asked, and its learner is not certainly somebody else. `match.verdict` is `same`, or `doubt` where a person
 * must look; `why` says then what for.
 */
export async function takeAnswer(
  form: ReadonlyMap<string, string> | Iterable<readonly [string, string]>,
  { asked, person, now = new Date(), sha1Until, engine, log = silentLog }: TakeAnswerOptions,
): Promise<TakenAnswer> {
  const response = responseOf(form)
  if ('refused' in response) return response
  if (response.sessionId !== asked.sessionId)
    return { refused: 'SESSION_UNKNOWN', detail: 'an answer to another request' }
  if (now.getTime() - Date.parse(asked.askedAt) > defaults.transferCookieHours * 3_600_000)
    return { refused: 'USER_GONE', detail: 'the answer came too late' }
  const judged = judgeResponse(response)
  if ('end' in judged) {
    const said = response.returnMessage ?? response.rawCode
    return { refused: judged.end, detail: response.returnCode, ...(said === undefined ? {} : { said }) }
  }
  const judgement = await judgeAnswer({
    ...{ packed: Buffer.from(judged.elmo), ncp: asked.ncp, entryId: 'embedded', receivedAt: now },
    ...(sha1Until === undefined ? {} : { sha1Until }),
    ...(engine === undefined ? {} : { engine }),
    ...homeOf(person, now),
    startedAt: new Date(asked.askedAt),
    clockSkewMinutes: defaults.clockSkewMinutes,
  })
  if (!('refused' in judgement)) return { ...judgement, deviations: [...response.deviations, ...judgement.deviations] }
  if (judgement.thrown !== undefined) log.error('answer.failed', { error: (judgement.thrown as Error).name })
  return { refused: judgement.refused, detail: judgement.detail }
}

function responseOf(form: ReadonlyMap<string, string> | Iterable<readonly [string, string]>) {
  const fields = [...form]
  if (new Set(fields.map(([name]) => name)).size !== fields.length)
    return { refused: 'ANSWER_MALFORMED' as const, detail: 'a field stands twice' }
  try {
    return parseTransferResponse(new Map(fields))
  } catch (error) {
    return { refused: reasonOf(error), detail: 'the form' }
  }
}

function homeOf({ id, givenNames, familyName, birthName, birthDate, nationalId }: ExpectedPerson, now: Date) {
  const learner = {
    ...{ givenNames, familyName },
    ...(birthName === undefined ? {} : { birthName }),
    ...(birthDate === undefined ? {} : { bday: birthDate }),
  }
  const identity = {
    ...{ provider: 'embedded', issuer: 'embedded', subject: id, loa: 'none' as const, names: [], roles: [] },
    authenticatedAt: now.toISOString(),
    identifiers:
      nationalId === undefined
        ? []
        : [
            {
              scheme: `national:${nationalId.country}` as const,
              value: nationalId.value,
              persistence: 'lifelong' as const,
            },
          ],
  }
  return { identity, owner: { person: id, institution: { code: 'embedded', title: '' }, learner } }
}
