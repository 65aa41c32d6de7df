import type { RegistrySnapshot } from '@emrex-gateway/core'
import { ncpChoice } from './ncp-choice.js'

const url = 'https://n.example/'
const there = { id: 'n', name: 'N', countryCode: 'NO', url, institutions: [], certificates: [] }
const entryWith = (entries: RegistrySnapshot['entries']) => {
  const snapshot: RegistrySnapshot = { entries, countries: [], skipped: [], stale: false }
  const current = async () => snapshot
  return { ownInstitutions: [], registry: { current, refresh: current, find: async () => undefined } }
}

describe('ncpChoice', () => {
  it('says that the list is missing, and not that the chosen university has left it, where there is no list', async () => {
    const mistake = 'NCP_UNKNOWN' as const
    expect(await ncpChoice(entryWith([there]), '', { mistake })).toMatchObject({ mistake })
    expect(await ncpChoice(entryWith([]), '', { mistake })).toMatchObject({ mistake: 'REGISTRY_STALE' })
    expect(await ncpChoice(entryWith([]), '')).not.toHaveProperty('mistake')
  })
})
