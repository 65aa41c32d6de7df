import { setTimeout as pause } from 'node:timers/promises'
import { SisError } from '@emrex-gateway/core'
import type { UsosApi } from '../api/usos-api.js'
import type { Credential } from '../oauth/sign-request.js'

/** A USOS that failed while it was read fails a moment later, too. After the last try the leave runs out by itself. */
const againAfterMs = [1000, 5000, 30_000, 300_000]

/**
 * Gives a leave back. Where USOS does not take it, that is tried again by itself some times, until the connection is closed;
 * nobody waits for that. Does not throw.
 */
export async function giveBack(api: UsosApi, access: Credential): Promise<void> {
  if (!(await isGone(api, access))) void again(api, access)
}

async function again(api: UsosApi, access: Credential): Promise<void> {
  const { signal } = api.closing
  for (const wait of againAfterMs) {
    await pause(wait, undefined, { signal, ref: false }).catch(() => {})
    if (signal.aborted || (await isGone(api, access))) return
  }
}

async function isGone(api: UsosApi, access: Credential): Promise<boolean> {
  const limit = AbortSignal.timeout(api.settings.timeoutSeconds * 1000)
  try {
    await api.revoke(access, { signal: AbortSignal.any([limit, api.closing.signal]) })
    return true
  } catch (error) {
    return error instanceof SisError && error.kind === 'expired'
  }
}
