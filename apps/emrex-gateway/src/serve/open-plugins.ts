import type { IdentityProvider, PluginHost, SisConnection } from '@emrex-gateway/core'
import { ReopeningSystem } from '../operations/reopening-system.js'
import { identityPlugins, sisPlugins, type LoadPlugin } from '../plugins.js'
import { crossCheckLogins } from '../settings/cross-check-logins.js'
import { crossCheckTargets } from '../settings/cross-check-targets.js'
import type { LoadedSettings } from '../settings/load-settings.js'
import { problemsOfIssues, SettingsError } from '../settings/settings-error.js'
import { loadPlugin } from './load-plugin.js'

export interface OpenedPlugins {
  /** Those of the settings, and the systems that are their own login, under their ids. */
  readonly logins: ReadonlyMap<string, IdentityProvider>
  readonly systems: ReadonlyMap<string, SisConnection>
  /** How each system is opened anew, and the files that it was opened with. */
  readonly reopening: ReadonlyMap<string, { readonly files: ReadonlySet<string>; reopen: () => Promise<void> }>
}

/**
 * Settings in, opened logins and systems out, by id.
 *
 * @param found problems that were found before: they are reported together with those of the plugins.
 * @throws {SettingsError} with every problem of every plugin
 */
export async function openPlugins(
  loaded: LoadedSettings,
  host: PluginHost,
  found: SettingsError['problems'] = [],
): Promise<OpenedPlugins> {
  const open = async <Product>(
    path: string,
    list: readonly PluginUse[],
    shipped: Shipped<Product>,
    isMeant: (product: Product) => boolean,
  ) => {
    // All at once: one that waits for somebody far away holds up no other. Problems are told in the order of the settings.
    const outcomes = await Promise.allSettled(
      list.map((use, index) => openOne(`${path}.${index}`, use, { shipped, isMeant }, loaded, host)),
    )
    const opened = new Map<string, OpenedPlugin<Product>>()
    const wrong = outcomes.flatMap((outcome, index) => {
      if (outcome.status === 'rejected') return problemsOf(outcome.reason, `${path}.${index}`)
      opened.set(list[index]!.id, outcome.value)
      return []
    })
    return { opened, wrong }
  }
  const [{ opened: openedLogins, wrong: wrongLogins }, { opened: openedSystems, wrong: wrongSystems }] =
    await Promise.all([
      open<IdentityProvider>('logins', loaded.settings.logins, identityPlugins, isLogin),
      open<SisConnection>('systems', loaded.settings.systems, sisPlugins, isSystem),
    ])
  const plainLogins = new Map([...openedLogins].map(([id, { product }]) => [id, product] as const))
  const reopening = new Map(
    [...openedSystems].map(([id, { product, files, again }]) => {
      const system = new ReopeningSystem(product, again)
      return [id, { system, files, reopen: () => system.reopen() }] as const
    }),
  )
  const systems = new Map([...reopening].map(([id, { system }]) => [id, system] as const))
  const logins = withLoginsOfSystems(plainLogins, systems)
  const wrong = [...found, ...wrongLogins, ...wrongSystems]
  // What could not be opened was told; that it is no login need not be told as well.
  const crossed = wrong.length > 0 ? [] : crossCheckLogins(loaded.settings, logins)
  const problems = [...wrong, ...crossed, ...crossCheckTargets(loaded.settings.smp, systems)]
  if (problems.length > 0) {
    await Promise.all([...systems.values()].map((system) => system.close()))
    await Promise.all([...plainLogins.values()].map(async (login) => login.close?.()))
    throw new SettingsError(loaded.file, problems)
  }
  return { logins, systems, reopening }
}

/** A system that is its own login stands among the logins under its id; a login of the same id goes before. */
function withLoginsOfSystems(
  logins: ReadonlyMap<string, IdentityProvider>,
  systems: ReadonlyMap<string, SisConnection>,
): ReadonlyMap<string, IdentityProvider> {
  const own = [...systems].flatMap(([id, { login }]) => (login === undefined ? [] : ([[id, login]] as const)))
  return new Map([...own, ...logins])
}

const problemsOf = (error: unknown, path: string): SettingsError['problems'] =>
  error instanceof SettingsError
    ? error.problems
    : [{ path, message: error instanceof Error ? error.message : 'the plugin failed' }]

interface PluginUse {
  readonly id: string
  readonly plugin: string
  readonly settings: unknown
}
type Shipped<Product> = Readonly<Record<string, LoadPlugin<Product>>>

interface OpenedPlugin<Product> {
  readonly product: Product
  /** Every file of the settings that it asked for. */
  readonly files: ReadonlySet<string>
  /** Opens it once more, with the same settings. */
  readonly again: () => Promise<Product>
}

async function openOne<Product>(
  path: string,
  use: PluginUse,
  { shipped, isMeant }: { readonly shipped: Shipped<Product>; readonly isMeant: (product: Product) => boolean },
  loaded: LoadedSettings,
  given: PluginHost,
): Promise<OpenedPlugin<Product>> {
  const files = new Set<string>()
  const host: PluginHost = {
    ...given,
    resolvePath: (named) => {
      const resolved = given.resolvePath(named)
      files.add(resolved)
      return resolved
    },
  }
  const ofOurs = Object.hasOwn(shipped, use.plugin) ? shipped[use.plugin] : undefined
  const plugin = await inTurn(() => ofOurs?.() ?? openOutside(use.plugin, shipped, loaded, host))
  const parsed = plugin.config.safeParse(use.settings)
  if (!parsed.success) throw new SettingsError(loaded.file, problemsOfIssues(parsed.error.issues, [path, 'settings']))
  const again = () => plugin.create(parsed.data, host, use.id)
  const product = await again()
  if (!isMeant(product))
    throw new Error(`the plugin "${use.plugin}" is none for ${path.split('.')[0]}: it gave something else`)
  return { product, files, again }
}

let last: Promise<unknown> = Promise.resolve()

/** Loads one after the other: it keeps the processor busy, so many at once are no quicker, and the loader of Jest fails at it. */
function inTurn<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const mine = last.then(load)
  last = mine.catch(() => {})
  return mine
}

async function openOutside<Product>(name: string, shipped: Shipped<Product>, loaded: LoadedSettings, host: PluginHost) {
  const { plugin, version } = await loadPlugin<Product>(name, loaded.file, Object.keys(shipped))
  host.log.info('plugin.loaded', { package: name, version, plugin: plugin.name })
  return plugin
}

/** Packages from outside say what they are by what they give: a login for a system would only be found by the first student. */
const isLogin = (product: Partial<IdentityProvider> | undefined): boolean => product?.info !== undefined
const isSystem = (product: Partial<SisConnection> | undefined): boolean => product?.check !== undefined
