import { request } from 'node:https'
import { buffer } from 'node:stream/consumers'
import type { ClientCertificate } from '@emrex-gateway/core'

/** `fetchAs` of a host, on `node:https`: shows the certificate, and trusts the given authorities alone. */
export const tlsFetch = (client: Partial<ClientCertificate>): typeof fetch =>
  ((input: string | URL, init: RequestInit = {}) =>
    new Promise<Response>((resolve, reject) => {
      const sent = init.body === undefined || init.body === null ? '' : String(init.body as URLSearchParams)
      request(
        input,
        {
          method: init.method ?? 'GET',
          headers: Object.fromEntries(new Headers(init.headers)),
          ...(client.privateKey && { key: client.privateKey }),
          ...(client.certificate && { cert: client.certificate }),
          ...(client.authorities && { ca: [...client.authorities] }),
        },
        (answer) => {
          buffer(answer).then((body) => {
            const headers = new Headers()
            for (let at = 0; at < answer.rawHeaders.length; at += 2)
              headers.append(answer.rawHeaders[at]!, answer.rawHeaders[at + 1]!)
            resolve(new Response(new Uint8Array(body), { status: answer.statusCode ?? 500, headers }))
          }, reject)
        },
      )
        .on('error', reject)
        .end(sent)
    })) as typeof fetch
