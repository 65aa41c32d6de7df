import type { ReasonCode, RegistryEntry, ShownLink } from '@emrex-gateway/core'
import type { SmpEntry } from './smp-entry.js'
import type { SmpPage } from './smp-page.js'

/** An NCP that serves the own university and nobody else. */
export function isOwnNcp(entry: Pick<SmpEntry, 'ownInstitutions'>, { institutions }: RegistryEntry): boolean {
  const own = new Set(entry.ownInstitutions.map((name) => name.toLowerCase()))
  return institutions.length > 0 && institutions.every((name) => own.has(name.toLowerCase()))
}

/** The page on which a student picks where the results are. */
export async function ncpChoice(
  entry: Pick<SmpEntry, 'ownInstitutions' | 'registry'>,
  query: string,
  {
    mistake,
    link,
    earlier = 0,
  }: { readonly mistake?: ReasonCode; readonly link?: ShownLink | undefined; readonly earlier?: number } = {},
): Promise<SmpPage> {
  const snapshot = await entry.registry.current()
  // Without a list, nothing can be said of the one that was chosen.
  const told = mistake === 'NCP_UNKNOWN' && snapshot.entries.length === 0 ? 'REGISTRY_STALE' : mistake
  const own = snapshot.entries.filter((ncp) => isOwnNcp(entry, ncp)).map(({ id }) => id)
  return {
    ...{ page: 'choose-ncp', snapshot, query, own },
    ...(told === undefined ? {} : { mistake: told }),
    ...(link === undefined ? {} : { link }),
    ...(earlier === 0 ? {} : { earlier }),
  }
}
