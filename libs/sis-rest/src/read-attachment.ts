import { SisError, sisErrorOfFetch, type LazyAttachment, type SisContext } from '@emrex-gateway/core'
import { askCall } from './ask-call.js'
import type { RestClient } from './open-client.js'

/** The bytes of an attachment in pieces, as they come. @throws {SisError} bad-data where there are more than `maxBytes` */
export async function* readAttachment(
  client: RestClient,
  { key, mediaType }: LazyAttachment,
  maxBytes: number,
  context: SisContext,
): AsyncGenerator<Uint8Array> {
  const opened: { body?: AsyncIterable<Uint8Array> | null } = {}
  const opening: typeof fetch = async (input, init) => {
    const response = await client.fetchAttachment(input, init)
    if (!response.ok) return response
    opened.body = response.body as AsyncIterable<Uint8Array> | null
    // What was asked for is read below, piece by piece; only what went wrong is read as a text.
    return new Response(null, { status: 200 })
  }
  const path = `attachments/${encodeURIComponent(key)}`
  await askCall(client, { path, headers: { accept: `${mediaType}, */*;q=0.1` } }, context, opening)
  let bytes = 0
  try {
    for await (const piece of opened.body ?? []) {
      bytes += piece.length
      if (bytes > maxBytes)
        throw new SisError('bad-data', 'the attachment is larger than the settings allow', {
          connection: client.connection,
        })
      yield piece
    }
  } catch (error) {
    throw sisErrorOfFetch(error, client.connection)
  }
}
