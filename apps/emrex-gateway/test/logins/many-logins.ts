import { entriesOf, type TownSettingsFile } from './rewrite-town.js'

/** Logins that stand on the page beside those of the town: enough for the page to offer a search. */
export const manyLogins = [
  { id: 'many-north', label: 'Northern universities', kind: 'federation', countries: ['FI', 'DK', 'NO'] },
  { id: 'many-south', label: 'Southern universities', kind: 'federation', countries: ['IT', 'ES'] },
  { id: 'many-campus', label: 'Campus card of Nordfjordvik', kind: 'student', countries: [] },
  ...[
    ['EE', 'Eesti ID-kaart'],
    ['BE', 'itsme'],
    ['FI', 'Suomi.fi-tunnistus'],
    ['ES', 'Cl@ve'],
    ['PT', 'Autenticação.gov'],
    ['SE', 'Svensk e-legitimation'],
    ['DK', 'MitID'],
    ['AT', 'ID Austria'],
    ['IS', 'Auðkenni'],
  ].map(([country, label]) => ({
    id: `many-${country!.toLowerCase()}`,
    label: label!,
    kind: 'eid',
    countries: [country!],
  })),
] as const

/** For `rewriteTown`: every entry offers them. They go where the SAML login of the town goes. */
export function addManyLogins(settings: TownSettingsFile): void {
  const { plugin, settings: own } = settings.logins.find(({ id }) => id === 'town-saml')!
  for (const { id, ...rest } of manyLogins) settings.logins.push({ id, plugin, settings: { ...own, ...rest } })
  for (const entry of entriesOf(settings)) entry.logins.push(...manyLogins.map(({ id }) => id))
}
