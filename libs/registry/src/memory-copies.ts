import type { CopyCache } from '@emrex-gateway/core'

/** Copies that live as long as the process: for who has no store. */
export function memoryCopies(): CopyCache {
  const copies = new Map<string, Parameters<CopyCache['put']>[1]>()
  return {
    get: async (key) => copies.get(key),
    put: async (key, copy) => void copies.set(key, copy),
  }
}
