/** Why nothing usable came; no part of the answer is in here. */
export class FetchFailure extends Error {
  override readonly name = 'FetchFailure'
}

export interface FetchLimits {
  readonly maxBytes: number
  readonly timeoutMs: number
}

/**
 * The body of an answer with status 200. Redirects are not followed; time and size are limited, the size while it comes.
 * @throws {FetchFailure}
 */
export async function fetchLimited(
  fetchOne: typeof fetch,
  url: string,
  init: RequestInit,
  { maxBytes, timeoutMs }: FetchLimits,
): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(timeoutMs)
  let response: Response
  try {
    response = await fetchOne(url, { ...init, redirect: 'manual', signal })
  } catch {
    throw new FetchFailure(signal.aborted ? 'no answer in time' : 'no connection')
  }
  if (response.status !== 200) {
    await response.body?.cancel().catch(() => undefined)
    throw new FetchFailure(`status ${response.status}`)
  }
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += part.length
      if (bytes > maxBytes) throw new FetchFailure(`more than ${maxBytes} bytes`)
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof FetchFailure) throw error
    throw new FetchFailure(signal.aborted ? 'no answer in time' : 'the answer broke off')
  }
  return Buffer.concat(parts)
}
