import { howFound, reachesLoa, type IdentityProvider, type Loa, type LookupPlace } from '@emrex-gateway/core'
import type { Gateway } from '../serve/build-gateway.js'

interface Entry {
  readonly id: string
  readonly logins: readonly IdentityProvider[]
  readonly minimumLoa: Loa | 'none'
}

const words = { 'by-identifier': 'by an identifier', 'by-second-proof': 'only with a second proof' } as const

function* linesOf(role: string, { id, logins, minimumLoa }: Entry, places: readonly LookupPlace[]): Generator<string> {
  for (const { info } of logins) {
    if (!reachesLoa(info.bestLoa, minimumLoa)) {
      yield `${role} ${id}, login ${info.id}: NOT offered, it reaches level ${info.bestLoa} and ${minimumLoa} is demanded`
      continue
    }
    for (const place of places) {
      const how = howFound(info, place)
      const delivers = info.delivers.join(', ') || 'no identifier'
      yield `${role} ${id}, login ${info.id}, ${place.title}: ${
        how === undefined ? `NOBODY can be found: it delivers ${delivers}` : `finds people ${words[how]}`
      }`
    }
  }
}

/** Which login can find people in which system, for every entry: what the page of logins goes by. */
export function useOfLogins({ ncps, smps }: Pick<Gateway, 'ncps' | 'smps'>): string[] {
  return [
    ...ncps.flatMap(({ entry }) => [
      ...linesOf(
        'NCP',
        entry,
        entry.sources.flatMap(({ id, source }) => (source ? [{ title: id, ...source.can, secondProof: false }] : [])),
      ),
    ]),
    ...smps.flatMap(({ flow: { entry } }) => {
      const { id, target } = entry.target
      return [...linesOf('SMP', entry, target ? [{ title: id, ...target.can, secondProof: false }] : [])]
    }),
  ]
}
