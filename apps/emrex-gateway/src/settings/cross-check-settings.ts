import type { Settings } from './settings-schema.js'

type Problem = { readonly path: string; readonly message: string }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Rules between the parts of the settings: names that must exist, names that must not repeat, addresses that must be https. */
export function crossCheckSettings(settings: Settings): Problem[] {
  const problems: Problem[] = []
  const ids = (list: readonly { readonly id: string }[]) => new Set(list.map((item) => item.id))
  const lists = {
    logins: settings.logins,
    systems: settings.systems,
    registries: settings.registries,
    ncp: settings.ncp,
    smp: settings.smp,
  }
  for (const [name, list] of Object.entries(lists)) {
    const seen = new Set<string>()
    list.forEach(({ id }, index) => {
      if (seen.has(id)) problems.push({ path: `${name}.${index}.id`, message: `"${id}" is used twice` })
      seen.add(id)
    })
  }
  const needs = (path: string, name: string | undefined, known: ReadonlySet<string>, kind: string) => {
    if (name !== undefined && !known.has(name))
      problems.push({ path, message: `there is no ${kind} "${name}" (known: ${[...known].join(', ') || 'none'})` })
  }
  const needsAddress = (path: string, url: string) => {
    const { protocol, hostname } = new URL(url)
    if (protocol === 'https:' || (protocol === 'http:' && settings.environment === 'demo' && loopback.has(hostname)))
      return
    problems.push({ path, message: 'must be https (plain http is for loopback addresses with environment: demo)' })
  }
  const logins = ids(settings.logins)
  const systems = ids(settings.systems)
  settings.ncp.forEach((entry, index) => {
    entry.logins.forEach((login, at) => needs(`ncp.${index}.logins.${at}`, login, logins, 'login'))
    entry.sources.forEach((source, at) => needs(`ncp.${index}.sources.${at}`, source, systems, 'system'))
    needsAddress(`ncp.${index}.publicUrl`, entry.publicUrl)
  })
  settings.smp.forEach((entry, index) => {
    entry.logins.forEach((login, at) => needs(`smp.${index}.logins.${at}`, login, logins, 'login'))
    needs(`smp.${index}.staffLogin`, entry.staffLogin, logins, 'login')
    needs(`smp.${index}.target`, entry.target, systems, 'system')
    needsAddress(`smp.${index}.publicUrl`, entry.publicUrl)
  })
  settings.registries.forEach((registry, index) => {
    if (registry.kind !== 'static') needsAddress(`registries.${index}.url`, registry.url)
  })
  if (settings.smp.length > 0 && settings.registries.length === 0)
    problems.push({ path: 'registries', message: 'an SMP needs at least one registry to know the NCPs' })
  if (settings.ncp.length === 0 && settings.smp.length === 0)
    problems.push({ path: '', message: 'neither an ncp nor an smp entry: the gateway would have nothing to do' })
  return problems
}
