import type { AddressRule } from './address-rule.js'

/** A discovery document, a key set or an answer with claims is some kilobytes. */
const answerMaxBytes = 1024 * 1024

/** The other side did not answer, or not in time. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** The other side answered with something that no protocol of ours knows. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
}

/**
 * `fetch` that keeps to the addresses of one issuer, follows no redirect and takes no answer of more than 1 MiB.
 *
 * What it returns @throws {UnreachableError} when nobody answers; {AnswerError} for an address that the rule refuses, and
 * for an answer that is too large.
 */
export function guardedFetch(reach: typeof fetch, problemOf: AddressRule) {
  return async (address: string, init: object): Promise<Response> => {
    const problem = problemOf(address)
    if (problem !== undefined) throw new AnswerError(problem)
    let response: Response
    let body: Uint8Array<ArrayBuffer>
    try {
      response = await reach(address, { ...init, redirect: 'manual' })
      body = await readWithin(response)
    } catch (error) {
      if (error instanceof AnswerError) throw error
      throw new UnreachableError('no answer', { cause: error })
    }
    const { status } = response
    if (status < 200 || status > 599) throw new AnswerError('an answer without a status')
    const hasBody = ![204, 205, 304].includes(status)
    return new Response(hasBody ? body : null, { status, headers: new Headers([...response.headers]) })
  }
}

async function readWithin(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > answerMaxBytes) throw new AnswerError('an answer of more than 1 MiB')
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}
