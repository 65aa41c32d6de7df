import type { IdentityProvider } from '@emrex-gateway/core'
import type { Settings } from './settings-schema.js'

/** A rule between the entries and what was opened: a name among their logins may be that of a system which is its own login. */
export function crossCheckLogins(
  settings: Pick<Settings, 'ncp' | 'smp' | 'systems'>,
  logins: ReadonlyMap<string, IdentityProvider>,
): { readonly path: string; readonly message: string }[] {
  const systems = new Set(settings.systems.map(({ id }) => id))
  return (['ncp', 'smp'] as const).flatMap((role) =>
    settings[role].flatMap((entry, index) =>
      entry.logins.flatMap((id, at) =>
        // A name that is neither was told before.
        systems.has(id) && !logins.has(id)
          ? [{ path: `${role}.${index}.logins.${at}`, message: `the system "${id}" is no login` }]
          : [],
      ),
    ),
  )
}
