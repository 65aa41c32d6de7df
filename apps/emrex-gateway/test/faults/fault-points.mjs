// Where a gateway under test can be ended, and what is put around it for that. Nothing of it is in the product but the
// points of a delivery and the place where a store is put around the store.
import { subscribe } from 'node:diagnostics_channel'

/**
 * Every point by its name: what must have been reached for it, and what it is. A change of state is told before its
 * transaction and after it; what is told as `sent` is an answer to a browser that the operating system has.
 *
 * @type {Readonly<Record<string, readonly [signal: string, is: string]>>}
 */
export const faultPoints = {
  c1: ['after smp asked', 'the question to the NCP is stored, with its sessionId'],
  c2: ['sent POST /smp ask', 'the browser has the question to the NCP'],
  c3: ['before smp answered', 'the answer has arrived and is not stored'],
  c4: ['after smp answered', 'the answer is stored'],
  c5: ['before smp review', 'the document is verified and the person matched; nothing of that is stored'],
  c6: ['after smp review', 'document, verification and match are stored'],
  c7: ['after smp decided', 'the import is decided, and its job is stored'],
  c8: ['submitting', 'the call to the SIS has begun'],
  c9: ['submitted', 'the SIS has committed, and its answer is not noted'],
  c10: ['acknowledged', 'the answer of the SIS is noted'],
  c11: ['sent GET /smp transfers', 'the browser has the last page'],
  c12: ['after smp removed', 'what is over is being removed'],
  p1: ['after ncp login-due', 'the request is stored'],
  p2: ['after ncp identified', 'the person has logged in'],
  p3: ['before ncp fetched', 'the SIS was read; nothing of that is stored'],
  p4: ['after ncp previewed', 'the choice is stored, with the signed document'],
  p5: ['before ncp previewed', 'the document is signed and not stored'],
  p6: ['after ncp sent', 'the sending is noted, with its audit'],
  p7: ['sent POST /ncp send', 'the browser has the answer'],
  r2: ['after copy', 'a new list is in use and kept'],
  k1: ['opened', 'the store was opened with a new key, the old one beside it'],
}

/**
 * A store that tells what happens in it.
 *
 * @param {import('@emrex-gateway/core').GatewayStore} store
 * @param {(signal: string) => void} tell
 * @returns {import('@emrex-gateway/core').GatewayStore}
 */
export function tellingStore(store, tell) {
  tell('opened')
  return {
    ...store,
    transfers: (kind) => {
      const inner = store.transfers(kind)
      return {
        ...inner,
        async create(transfer, effects) {
          const created = await inner.create(transfer, effects)
          tell(`after ${kind} ${created.state.state}`)
          return created
        },
        async save(transfer, next, effects) {
          tell(`before ${kind} ${next.state.state}`)
          const saved = await inner.save(transfer, next, effects)
          tell(`after ${kind} ${saved.state.state}`)
          return /** @type {never} */ (saved)
        },
        async remove(id) {
          await inner.remove(id)
          tell(`after ${kind} removed`)
        },
      }
    },
    copies: {
      get: (name) => store.copies.get(name),
      async put(name, copy) {
        await store.copies.put(name, copy)
        tell('after copy')
      },
    },
  }
}

/**
 * Tells of every answer that has gone out.
 *
 * @param {(signal: string) => void} tell
 */
export function tellAnswers(tell) {
  subscribe('http.server.response.finish', (message) => {
    const { request } = /** @type {{ request: import('node:http').IncomingMessage & { originalUrl?: string } }} */ (
      message
    )
    const [, role, , ...path] = (request.originalUrl ?? request.url ?? '').split('?')[0]?.split('/') ?? []
    tell(`sent ${request.method} /${role} ${path.length === 2 ? path[0] : (path.at(-1) ?? '')}`)
  })
}
