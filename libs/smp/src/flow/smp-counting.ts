import type { Counting } from '@emrex-gateway/core'
import type { SmpState } from './smp-transfer.js'

/** Where a transfer of the SMP is counted: at the NCP that was asked last, from when it was asked. */
export const smpCounting: Counting<SmpState> = {
  partnerOf(state) {
    if (!('ncp' in state) || typeof state.ncp !== 'object') return undefined
    const { origin, pathname } = new URL(state.ncp.url)
    return { country: state.ncp.countryCode, partner: `${origin}${pathname}` }
  },
  endOf: (state) => (state.state === 'delivered' || state.state === 'ended' ? state.code : undefined),
}
