import type { Counting } from '@emrex-gateway/core'
import type { NcpEntry } from './ncp-entry.js'
import type { NcpState } from './ncp-transfer.js'

/**
 * Where a transfer of the NCP is counted. A return address that the settings do not know is `other`: anybody can ask with
 * any number of them. Once an answer is due, the transfer has its end, whether or not the person carries it home.
 */
export const ncpCounting = ({ country = '' }: Pick<NcpEntry, 'country'>): Counting<NcpState> => ({
  partnerOf(state) {
    if (state.state === 'ended') return undefined
    const { receiver } = state.request
    return { country, partner: receiver.kind === 'known' ? receiver.origin : 'other' }
  },
  endOf: (state) =>
    state.state === 'sent' || state.state === 'answering' || state.state === 'ended' ? state.code : undefined,
})
