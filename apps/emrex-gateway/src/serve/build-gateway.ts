import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import {
  defaults,
  StoredCases,
  type CodeMail,
  type GatewayStore,
  type IdentityProvider,
  type Log,
  type PluginHost,
  type Registry,
  type SecondProof,
  type SisConnection,
  type SisPolicy,
  withPolicy,
} from '@emrex-gateway/core'
import { checkSigningKey, ElmoError, type SignatureEngine, type SigningKey } from '@emrex-gateway/elmo'
import { NcpFlow, type NcpEntry } from '@emrex-gateway/ncp'
import { createRegistry, type RunningRegistry } from '@emrex-gateway/registry'
import {
  DeliveryWorker,
  SmpFlow,
  StaffFlow,
  type DeliveryPoint,
  type OpenImportApi,
  type SmpEntry,
} from '@emrex-gateway/smp'
import { openStore, type SealKeys } from '@emrex-gateway/store'
import { translator } from '@emrex-gateway/web'
import { DatabaseError } from '../database/database-error.js'
import { databasePlace, openDatabase, type DatabasePlace } from '../database/open-database.js'
import type { LoadedSettings } from '../settings/load-settings.js'
import type { NcpSettings, SmpSettings } from '../settings/settings-schema.js'
import { CertificateWatch } from './certificate-watch.js'
import { readYaml } from '../settings/read-yaml.js'
import { LoginWatch } from './login-watch.js'
import { openApi, readWebhookSecrets } from './open-api.js'
import { openPlugins } from './open-plugins.js'
import { outboundFetch } from './outbound-fetch.js'
import { smtpMailSender } from './smtp-mail-sender.js'

/** Everything of a running gateway but its HTTP server. */
export interface Gateway {
  readonly store: GatewayStore
  readonly log: Log
  readonly logins: ReadonlyMap<string, IdentityProvider>
  readonly loginWatch: LoginWatch
  readonly systems: ReadonlyMap<string, SisConnection>
  readonly registry: RunningRegistry
  readonly certificates: CertificateWatch
  /** What is left for staff to enter by hand. */
  readonly cases: StoredCases
  readonly ncps: readonly NcpFlow[]
  readonly smps: readonly {
    readonly flow: SmpFlow
    readonly staff: StaffFlow | undefined
    readonly worker: DeliveryWorker
    /** Where other systems ask for results. */
    readonly api: OpenImportApi | undefined
  }[]
  close(): Promise<void>
}

/** What tests, and commands that look, may hold in their hands; a gateway that serves passes none of it. */
export interface GatewayOverrides {
  readonly now?: () => Date
  readonly reached?: (point: DeliveryPoint) => void
  readonly leaseSeconds?: number
  readonly drainSeconds?: number
  readonly collectPatienceMilliseconds?: number
  /** For a command that looks, next to a gateway that may be running on the same database. */
  readonly beside?: boolean
}

/**
 * Settings in, a gateway out.
 *
 * @throws {SettingsError} with every problem that the settings, keys and plugins have
 * @throws {DatabaseError} when its own database cannot be used
 */
export async function buildGateway(
  loaded: LoadedSettings,
  log: Log,
  overrides: GatewayOverrides = {},
): Promise<Gateway> {
  const { settings } = loaded
  const resolvePath = (path: string) => loaded.resolvePath(path)
  const now = overrides.now ?? (() => new Date())
  const files = new SettingsFiles(loaded)
  const sealKey = files.key('seal.keyFile', settings.seal.keyFile)
  const previousKeys = settings.seal.previousKeyFiles.map((file, index) =>
    files.key(`seal.previousKeyFiles.${index}`, file),
  )
  const signing = settings.ncp.map((entry, index) => ({
    privateKey: files.text(`ncp.${index}.signing.keyFile`, entry.signing.keyFile),
    certificate: files.text(`ncp.${index}.signing.certificateFile`, entry.signing.certificateFile),
  }))
  const password = settings.mail?.passwordFile
  const mailPassword = password === undefined ? '' : files.text('mail.passwordFile', password).trim()
  const webhookSecrets = readWebhookSecrets(settings.smp, files)
  const sources = settings.registries.map((registry, index) =>
    registry.kind === 'file'
      ? { id: registry.id, kind: 'static' as const, entries: files.yaml(`registries.${index}.file`, registry.file) }
      : registry,
  )
  settings.ncp.forEach((_entry, index) => files.signing(`ncp.${index}.signing`, signing[index]!))
  const database = databasePlace(settings.database, files, resolvePath)
  const randomId = () => randomBytes(16).toString('base64url')
  // The store is opened when all settings were found good; no plugin notes anything, or opens a case, before that.
  const opened: { store?: GatewayStore; cases?: StoredCases } = {}
  const pluginHost: PluginHost = {
    environment: settings.environment,
    fetch: outboundFetch(),
    fetchAs: outboundFetch,
    once: async (scope, value, until) => opened.store!.once(scope, value, until.getTime()),
    cases: {
      open: async (newCase) => opened.cases!.open(newCase),
      receipt: async (system, id) => opened.cases!.receipt(system, id),
    },
    now,
    randomId,
    log,
    resolvePath,
  }
  const plugins = await openPlugins(loaded, pluginHost, files.problems)
  const policed = [...plugins.systems].map(([id, system]) => [id, withPolicy(system, sisPolicy, { log, now })] as const)
  const systems = new Map(policed)
  const { logins } = plugins
  const closePlugins = async () => {
    await Promise.all([...systems.values()].map((system) => system.close()))
    await Promise.all([...logins.values()].map(async (login) => login.close?.()))
  }
  const seal = { key: sealKey, previousKeys }
  const store = await openOwnStore(database, overrides.beside ?? false, seal, now).catch(async (error: unknown) => {
    await closePlugins()
    throw error
  })
  opened.store = store
  const cases = new StoredCases({
    ...{ store, log, now, engine: settings.signatureEngine },
    randomBytes: (bytes) => randomBytes(bytes),
    daysOf: (system) => caseDaysOf(settings.smp, system),
  })
  opened.cases = cases
  const allowLoopbackHttp = settings.environment === 'demo'
  const registry = createRegistry({
    sources,
    fetch,
    copies: store.copies,
    now,
    log,
    allowLoopbackHttp,
  })
  const host = { store, log, now, randomId, randomBytes: (bytes: number) => randomBytes(bytes), cases }
  const sourceTitles = new Map(settings.systems.map(({ id, title = id }) => [id, title]))
  const loginWatch = new LoginWatch(logins, log, now)
  const sender = settings.mail && smtpMailSender(settings.mail, mailPassword)
  const parts: Parts = {
    logins,
    stateOfLogin: (id) => loginWatch.stateOf(id),
    systems,
    sourceTitles,
    registry,
    allowLoopbackHttp,
    signatureEngine: settings.signatureEngine,
    codeMail: sender && codeMail(sender),
    collectPatienceMilliseconds: overrides.collectPatienceMilliseconds ?? defaults.collectPatienceMilliseconds,
  }
  const ncps = settings.ncp.map((entry, index) => new NcpFlow(ncpEntry(entry, signing[index]!, parts), host))
  const smps = settings.smp.map((entry) => {
    // Unlike a number of a process, which containers share, it tells two instances apart.
    const owner = `${hostname()}:${process.pid}:${randomId().slice(0, 8)}`
    const api = openApi(entry, webhookSecrets, { store, log, now, engine: settings.signatureEngine, sender, owner })
    const flow = new SmpFlow(smpEntry(entry, parts, api), host)
    const worker = new DeliveryWorker(
      flow,
      store,
      log,
      {
        owner,
        leaseSeconds: overrides.leaseSeconds ?? defaults.deliveryLeaseSeconds,
        retrySeconds: defaults.deliveryRetrySeconds,
        maxAttempts: defaults.deliveryMaxAttempts,
        now,
      },
      overrides.reached,
    )
    return { flow, staff: entry.staffLogin === undefined ? undefined : new StaffFlow(flow, host), worker, api }
  })
  const certificates = new CertificateWatch(ncps, registry, log, now)
  const close = async () => {
    registry.stop()
    await settle([...ncps.map(({ proving }) => proving.proof), ...smps.map(({ flow }) => flow.identification.proof)])
    await closePlugins()
    await store.close()
  }
  return { store, log, logins, loginWatch, systems, registry, certificates, cases, ncps, smps, close }
}

interface Parts {
  readonly logins: ReadonlyMap<string, IdentityProvider>
  readonly stateOfLogin: NonNullable<NcpEntry['stateOfLogin']>
  readonly systems: ReadonlyMap<string, SisConnection>
  readonly sourceTitles: ReadonlyMap<string, string>
  readonly registry: Registry
  readonly allowLoopbackHttp: boolean
  readonly signatureEngine: SignatureEngine
  readonly codeMail: CodeMail | undefined
  readonly collectPatienceMilliseconds: number
}

async function openOwnStore(
  place: DatabasePlace,
  beside: boolean,
  seal: SealKeys,
  now: () => Date,
): Promise<GatewayStore> {
  const knex = await openDatabase(place, { beside })
  try {
    return await openStore({ knex, seal, now: () => now().getTime() })
  } catch (error) {
    await knex.destroy()
    const isOfServer = 'postgres' in place && 'severity' in (error as object)
    throw isOfServer ? DatabaseError.of(error) : error
  }
}

/** Lets codes that are on their way go out, but waits for no mail server for ever. */
async function settle(proofs: readonly SecondProof[]): Promise<void> {
  let patience: NodeJS.Timeout | undefined
  const tired = new Promise<void>((end) => {
    patience = setTimeout(end, defaults.proofMailPatienceSeconds * 1000)
  })
  await Promise.race([Promise.all(proofs.map((proof) => proof.settled())), tired])
  clearTimeout(patience)
}

/** The code, what to do with it, and nothing about the person. */
function codeMail(sender: CodeMail['sender']): CodeMail {
  const t = translator('en')
  const write: CodeMail['write'] = (code, minutes) => ({
    subject: t('proof.mail.subject'),
    text: t('proof.mail.text', { code, minutes }),
  })
  return { sender, write }
}

const sisPolicy: SisPolicy = {
  retries: defaults.sisRetries,
  retryMilliseconds: defaults.sisRetryMilliseconds,
  maxParallel: defaults.sisMaxParallel,
  breaker: { failures: defaults.sisBreakerFailures, openSeconds: defaults.sisBreakerSeconds },
}

/** A case of a system that is the target of several entries waits as long as the most patient of them says. */
const caseDaysOf = (entries: readonly SmpSettings[], system: string): number => {
  const days = entries.filter(({ target }) => target === system).map(({ caseDays }) => caseDays)
  return days.length > 0 ? Math.max(...days) : defaults.caseDays
}

/** The settings were cross-checked: every name exists. */
const pick = <Part>(parts: ReadonlyMap<string, Part>, id: string): Part => parts.get(id)!

const grantorsOf = (logins: readonly string[], { systems }: Parts): SisConnection[] =>
  logins.flatMap((id) => systems.get(id) ?? [])

const ncpEntry = (entry: NcpSettings, signingKey: NcpEntry['signingKey'], parts: Parts): NcpEntry => ({
  id: entry.id,
  title: entry.title,
  publicUrl: `${entry.publicUrl}/ncp/${entry.id}`,
  logins: entry.logins.map((id) => pick(parts.logins, id)),
  stateOfLogin: parts.stateOfLogin,
  minimumLoa: entry.minimumLoa,
  sources: entry.sources.map((id) => pick(parts.systems, id)),
  sourceTitles: parts.sourceTitles,
  grantors: grantorsOf(entry.logins, parts),
  ...(parts.codeMail === undefined ? {} : { codeMail: parts.codeMail }),
  signingKey,
  signatureEngine: parts.signatureEngine,
  receivers: { ...entry.receivers, allowLoopbackHttp: parts.allowLoopbackHttp },
  want: entry.results,
  collectSeconds: entry.collectSeconds,
  collectPatienceMilliseconds: parts.collectPatienceMilliseconds,
  sourceTimeoutSeconds: entry.sourceTimeoutSeconds,
  idleMinutes: entry.idleMinutes,
  resendMinutes: defaults.sealedBodyMinutes,
})

const smpEntry = (entry: SmpSettings, parts: Parts, api: OpenImportApi | undefined): SmpEntry => ({
  id: entry.id,
  title: entry.title,
  publicUrl: `${entry.publicUrl}/smp/${entry.id}`,
  logins: entry.logins.map((id) => pick(parts.logins, id)),
  stateOfLogin: parts.stateOfLogin,
  ...(entry.staffLogin === undefined ? {} : { staffLogin: pick(parts.logins, entry.staffLogin) }),
  minimumLoa: entry.minimumLoa,
  // Checked with the settings: it has the one or the other.
  target: api?.target ?? pick(parts.systems, entry.target ?? ''),
  ...(api === undefined ? {} : { desk: api.desk }),
  grantors: grantorsOf([...entry.logins, entry.staffLogin ?? ''], parts),
  registry: parts.registry,
  ...(parts.codeMail === undefined ? {} : { codeMail: parts.codeMail }),
  ownInstitutions: entry.ownInstitutions,
  sha1Exceptions: entry.sha1Exceptions,
  signatureEngine: parts.signatureEngine,
  transferMinutes: entry.transferMinutes,
  sealedBodyMinutes: defaults.sealedBodyMinutes,
  caseDays: entry.caseDays,
  targetTimeoutSeconds: entry.targetTimeoutSeconds,
  clockSkewMinutes: defaults.clockSkewMinutes,
})

/** Reads the files that the settings name, and keeps every problem until all were looked at. */
class SettingsFiles {
  readonly problems: { path: string; message: string }[] = []
  constructor(private readonly loaded: LoadedSettings) {}

  problem(path: string, message: string): void {
    this.problems.push({ path, message })
  }

  text(path: string, file: string): string {
    const absolute = this.loaded.resolvePath(file)
    if (existsSync(absolute)) return readFileSync(absolute, 'utf8')
    this.problems.push({ path, message: `the file ${file} does not exist` })
    return ''
  }

  key(path: string, file: string): Uint8Array {
    const key = Buffer.from(this.text(path, file).trim(), 'base64')
    const missing = this.problems.some((problem) => problem.path === path)
    if (key.length !== 32 && !missing) this.problems.push({ path, message: 'must hold 32 random bytes as base64' })
    return key
  }

  yaml(path: string, file: string): unknown {
    const { errors, ...document } = readYaml(this.text(path, file))
    this.problems.push(...errors.map(({ path: line, message }) => ({ path, message: `${file}, ${line}: ${message}` })))
    return document.written
  }

  /** A key that cannot sign is found here, and not by the first student. */
  signing(path: string, key: SigningKey): void {
    if (this.problems.some((problem) => problem.path.startsWith(`${path}.`))) return
    try {
      checkSigningKey(key)
    } catch (error) {
      if (!(error instanceof ElmoError)) throw error
      this.problems.push({ path, message: error.message })
    }
  }
}
