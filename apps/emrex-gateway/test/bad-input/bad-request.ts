import type { ReasonCode } from '@emrex-gateway/core'
import type { Scene } from './scene.js'

/** A request that must change nothing, and what it must be answered with. */
export interface BadRequest {
  readonly name: string
  readonly status: number
  readonly code: ReasonCode
  readonly request: (scene: Scene) => RequestInit & { readonly url: string }
}

/** Sends it as it is; a post unless it says otherwise. */
export function sendBadRequest(scene: Scene, bad: BadRequest, accept: string): Promise<Response> {
  const { url, ...init } = bad.request(scene)
  const headers = new Headers(init.headers)
  headers.set('accept', accept)
  return fetch(url, { method: 'POST', redirect: 'manual', ...init, headers })
}

export const form = (text: string): Pick<RequestInit, 'body' | 'headers'> => ({
  body: text,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})
