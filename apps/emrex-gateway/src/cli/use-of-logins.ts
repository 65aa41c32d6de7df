import {
  howFound,
  LookupPlaces,
  reachesLoa,
  sisContext,
  systemsOfSources,
  type IdentityProvider,
  type Loa,
  type LookupPlace,
} from '@emrex-gateway/core'
import type { Gateway } from '../serve/build-gateway.js'

interface Entry {
  readonly id: string
  readonly logins: readonly IdentityProvider[]
  readonly minimumLoa: Loa | 'none'
}

const words = { 'by-identifier': 'by an identifier', 'by-second-proof': 'only with a second proof' } as const
const timeoutSeconds = 15

function* linesOf(role: string, { id, logins, minimumLoa }: Entry, places: readonly LookupPlace[]): Generator<string> {
  for (const { info } of logins) {
    const login = `${role} ${id}, login ${info.id}`
    if (!reachesLoa(info.bestLoa, minimumLoa)) {
      yield `${login}: NOT offered, it reaches level ${info.bestLoa} and ${minimumLoa} is demanded`
      continue
    }
    for (const place of places) {
      const how = howFound(info, place)
      const delivers = info.delivers.join(', ') || 'no identifier'
      yield `${login}, ${place.title}: ${
        how === undefined ? `NOBODY can be found: it delivers ${delivers}` : `finds people ${words[how]}`
      }`
    }
  }
}

/** Which login can find people in which institution, for every entry: what the page of logins goes by. */
export async function useOfLogins({ ncps, smps }: Pick<Gateway, 'ncps' | 'smps'>): Promise<string[]> {
  const context = () => sisContext(timeoutSeconds, 'check')
  const lines: string[] = []
  for (const { entry } of ncps) {
    const systems = systemsOfSources(entry.sources, entry.sourceTitles)
    lines.push(...linesOf('NCP', entry, await new LookupPlaces(systems, entry.codeMail !== undefined).all(0, context)))
  }
  for (const { flow } of smps) {
    const { entry } = flow
    const systems = [{ id: flow.entry.target.id, title: entry.title, part: entry.target.target }]
    lines.push(...linesOf('SMP', entry, await new LookupPlaces(systems, entry.codeMail !== undefined).all(0, context)))
  }
  return lines
}
