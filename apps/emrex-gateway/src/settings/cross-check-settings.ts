import { z } from 'zod'

type Problem = { readonly path: string; readonly message: string }

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

const text = z.string().optional().catch(undefined)
const texts = z.array(text).catch([])
const address = z.url().optional().catch(undefined)
const parts = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.object({ id: text, ...shape }).catch({} as never))

/** What these rules look at. Whatever is of another kind counts as absent: that is the schema's to say. */
const names = z.object({
  environment: text,
  logins: parts({}).catch([]),
  systems: parts({}).catch([]),
  registries: parts({ kind: text, url: address }).catch([]),
  ncp: parts({ logins: texts, sources: texts, publicUrl: address }).catch([]),
  smp: parts({
    ...{ logins: texts, staffLogin: text, statisticsOf: texts, target: text, publicUrl: address },
    api: z
      .object({ clients: parts({ webhooks: parts({ url: address }).catch([]) }).catch([]) })
      .optional()
      .catch(undefined),
  }).catch([]),
})

/**
 * Rules between the parts of the settings: names that must exist, names that must not repeat, addresses that must be https.
 * Takes the file as it was written, so that its problems can be told together with those of the schema.
 */
export function crossCheckSettings(written: unknown): Problem[] {
  const settings = names.safeParse(written).data
  if (settings === undefined) return []
  const problems: Problem[] = []
  const { environment, logins, systems, registries, ncp, smp } = settings
  for (const [name, list] of Object.entries({ logins, systems, registries, ncp, smp })) {
    const seen = new Set<string>()
    list.forEach(({ id }, index) => {
      if (id === undefined) return
      if (seen.has(id)) problems.push({ path: `${name}.${index}.id`, message: `"${id}" is used twice` })
      seen.add(id)
    })
  }
  const idsOf = (list: readonly { readonly id?: string | undefined }[]) => new Set(list.flatMap(({ id }) => id ?? []))
  const needs = (path: string, name: string | undefined, known: ReadonlySet<string>, kind: string) => {
    if (name !== undefined && !known.has(name))
      problems.push({ path, message: `there is no ${kind} "${name}" (known: ${[...known].join(', ') || 'none'})` })
  }
  const needsAddress = (path: string, url: string | undefined) => {
    if (url === undefined) return
    const { protocol, hostname, username, password } = new URL(url)
    // Nothing can be fetched there, and a settings file is no place for a secret.
    if (username !== '' || password !== '') problems.push({ path, message: 'must hold no user and no password' })
    if (protocol === 'https:' || (protocol === 'http:' && environment === 'demo' && loopback.has(hostname))) return
    problems.push({ path, message: 'must be https (plain http is for loopback addresses with environment: demo)' })
  }
  const [knownLogins, knownSystems] = [idsOf(logins), idsOf(systems)]
  // A system can be its own login; whether it is one is known when it was opened.
  const loginsOrSystems = new Set([...knownLogins, ...knownSystems])
  ncp.forEach((entry, index) => {
    entry.logins?.forEach((login, at) => needs(`ncp.${index}.logins.${at}`, login, loginsOrSystems, 'login'))
    entry.sources?.forEach((source, at) => needs(`ncp.${index}.sources.${at}`, source, knownSystems, 'system'))
    needsAddress(`ncp.${index}.publicUrl`, entry.publicUrl)
  })
  smp.forEach((entry, index) => {
    entry.logins?.forEach((login, at) => needs(`smp.${index}.logins.${at}`, login, loginsOrSystems, 'login'))
    needs(`smp.${index}.staffLogin`, entry.staffLogin, knownLogins, 'login')
    entry.statisticsOf?.forEach((id, at) => needs(`smp.${index}.statisticsOf.${at}`, id, idsOf(ncp), 'ncp'))
    needs(`smp.${index}.target`, entry.target, knownSystems, 'system')
    needsAddress(`smp.${index}.publicUrl`, entry.publicUrl)
    entry.api?.clients.forEach(({ webhooks }, at) =>
      webhooks?.forEach(({ url }, place) => needsAddress(`smp.${index}.api.clients.${at}.webhooks.${place}.url`, url)),
    )
  })
  registries.forEach((registry, index) => {
    needsAddress(`registries.${index}.url`, registry.url)
  })
  if (smp.length > 0 && registries.length === 0)
    problems.push({ path: 'registries', message: 'an SMP needs at least one registry to know the NCPs' })
  if (ncp.length === 0 && smp.length === 0)
    problems.push({ path: '', message: 'neither an ncp nor an smp entry: the gateway would have nothing to do' })
  return problems
}
