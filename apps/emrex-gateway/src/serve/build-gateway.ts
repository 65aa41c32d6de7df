import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import {
  defaults,
  defaultSisPolicy,
  StoredCases,
  type CodeMail,
  type GatewayStore,
  type IdentityProvider,
  type Log,
  type PluginHost,
  type Registry,
  type SecondProof,
  type SisConnection,
  withPolicy,
} from '@emrex-gateway/core'
import type { SignatureEngine, SigningKey } from '@emrex-gateway/elmo'
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
import { openStore, type AuditChain, type AuditSigning, type OpenedStore, type SealKeys } from '@emrex-gateway/store'
import type { MakeTranscript } from '@emrex-gateway/core'
import { translator } from '@emrex-gateway/web'
import { auditSigning } from '../audit/audit-settings.js'
import { AuditWatch } from '../audit/audit-watch.js'
import { DatabaseError, isOfAnother } from '../database/database-error.js'
import { openToLook } from '../database/look-at-database.js'
import { databasePlace, isInClear, openDatabase, type DatabasePlace } from '../database/open-database.js'
import type { LoadedSettings } from '../settings/load-settings.js'
import type { NcpSettings, SmpSettings } from '../settings/settings-schema.js'
import { CertificateWatch } from './certificate-watch.js'
import { LoginWatch } from './login-watch.js'
import { createOperations } from '../operations/create-operations.js'
import { DailyRetention } from '../operations/daily-retention.js'
import { observedStore } from '../operations/observed-store.js'
import { observedSystem } from '../operations/observed-system.js'
import type { Operations } from '../operations/operations.js'
import { rollingParts } from '../operations/rolling-parts.js'
import { openApi, readWebhookSecrets } from './open-api.js'
import { openPlugins } from './open-plugins.js'
import { makeTranscripts } from './make-transcripts.js'
import { outboundFetch } from './outbound-fetch.js'
import { SettingsFiles } from './settings-files.js'
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
  readonly auditChain: AuditChain
  readonly auditWatch: AuditWatch
  readonly dailyRetention: DailyRetention
  readonly operations: Operations
  /** Where instances count together what the limits count; undefined where there is only one. */
  readonly sharedCounts: unknown
  /** Under which the limits keep addresses. */
  readonly sealKey: Uint8Array
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
  /** Puts something around the store, through which everything of the gateway goes then. */
  readonly aroundStore?: (store: GatewayStore) => GatewayStore
  readonly leaseSeconds?: number
  readonly drainSeconds?: number
  readonly collectPatienceMilliseconds?: number
  /** For a command that looks, next to a gateway that may be running on the same database: it makes no tables and changes none. */
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
  const seal = files.seal()
  const signing = settings.ncp.map(({ signing }, index) => files.signing(`ncp.${index}.signing`, signing))
  const receiptKeys = settings.smp.map(
    ({ signing }, index) => signing && files.signing(`smp.${index}.signing`, signing),
  )
  const { passwordFile } = settings.mail ?? {}
  const mail = { password: passwordFile === undefined ? '' : files.text('mail.passwordFile', passwordFile).trim() }
  const webhookSecrets = readWebhookSecrets(settings.smp, files)
  const sources = settings.registries.map((registry, index) =>
    registry.kind === 'file'
      ? { id: registry.id, kind: 'static' as const, entries: files.yaml(`registries.${index}.file`, registry.file) }
      : registry,
  )
  const transcripts = makeTranscripts(settings, files)
  const database = databasePlace(settings.database, files, resolvePath)
  const signingOfAudit = auditSigning(settings.audit, files)
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
  const watched = await createOperations(loaded, { log, now, store: () => opened.store! })
  const watchedSystem = (system: SisConnection) =>
    observedSystem(withPolicy(system, defaultSisPolicy, { log, now }), watched.questions)
  const systems = new Map([...plugins.systems].map(([id, system]) => [id, watchedSystem(system)] as const))
  const { logins } = plugins
  const closePlugins = async () => {
    await Promise.all([...systems.values()].map((system) => system.close()))
    await Promise.all([...logins.values()].map(async (login) => login.close?.()))
  }
  const beside = overrides.beside ?? false
  const own = await openOwnStore(database, beside, seal, signingOfAudit, now).catch(async (error: unknown) => {
    await closePlugins()
    throw error
  })
  if (settings.environment === 'production' && isInClear(database))
    log.warn('database.unencrypted', { hint: 'it is on another host, and the settings have no database.tls' })
  const observed = observedStore(own.store, watched.storeObservers)
  const store = overrides.aroundStore?.(observed) ?? observed
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
    fetch: (...of) => watched.tracing.span('registry fetch', {}, () => fetch(...of)),
    copies: store.copies,
    now,
    log,
    allowLoopbackHttp,
  })
  const host = { store, log, now, randomId, randomBytes: (bytes: number) => randomBytes(bytes), cases }
  const sourceTitles = new Map(settings.systems.map(({ id, title = id }) => [id, title]))
  const loginWatch = new LoginWatch(logins, log, now)
  const sender = settings.mail && (await smtpMailSender(settings.mail, () => mail.password))
  const parts: Parts = {
    logins,
    stateOfLogin: (id) => loginWatch.stateOf(id),
    systems,
    sourceTitles,
    registry,
    titlesOfNcps: new Map(settings.ncp.map(({ id, title }) => [id, title])),
    allowLoopbackHttp,
    signatureEngine: settings.signatureEngine,
    codeMail: sender && codeMail(sender),
    collectPatienceMilliseconds: overrides.collectPatienceMilliseconds ?? defaults.collectPatienceMilliseconds,
  }
  const ncps = settings.ncp.map((entry, index) => {
    const own = { signingKey: () => signing[index]!, transcript: transcripts.ncp[index] }
    return new NcpFlow(ncpEntry(entry, own, parts), host)
  })
  const smps = settings.smp.map((entry, index) => {
    // Unlike a number of a process, which containers share, it tells two instances apart.
    const owner = `${hostname()}:${process.pid}:${randomId().slice(0, 8)}`
    const api = openApi(entry, webhookSecrets, { store, log, now, engine: settings.signatureEngine, sender, owner })
    const own = { signingKey: () => receiptKeys[index], transcript: transcripts.smp[index], api }
    const flow = new SmpFlow(smpEntry(entry, own, parts), host)
    const worker = new DeliveryWorker(
      flow,
      store,
      log,
      {
        owner,
        leaseSeconds: overrides.leaseSeconds ?? entry.targetTimeoutSeconds + defaults.deliveryLeaseSeconds,
        retrySeconds: defaults.deliveryRetrySeconds,
        maxAttempts: defaults.deliveryMaxAttempts,
        now,
      },
      overrides.reached,
    )
    return { flow, staff: entry.staffLogin === undefined ? undefined : new StaffFlow(flow, host), worker, api }
  })
  // A match in doubt waits for staff at any SMP but one with an API; nobody would decide, until its time is over.
  for (const { flow, staff, api } of smps)
    if (staff === undefined && api === undefined)
      log.warn('case.unseen', { entry: flow.entry.id, hint: 'no staffLogin' })
  const ownSmps = smps.map(({ flow }) => flow)
  const certificates = new CertificateWatch(ncps, ownSmps, registry, log, now)
  const { auditChain } = own.store
  const auditWatch = new AuditWatch(store, auditChain, log, now)
  const operations = watched.complete(
    systems,
    rollingParts({
      ...{ loaded, reader: (fresh) => new SettingsFiles(fresh), store: own.store, reopening: plugins.reopening },
      ...{ signing: { ncp: signing, smp: receiptKeys }, mail },
    }),
    'postgres' in database,
  )
  const { keepDays, keepStaffDays } = settings.audit
  const kept = { evidence: keepDays, staff: keepStaffDays }
  const dailyRetention = new DailyRetention(own.store, kept, operations.ledger, now)
  const close = async () => {
    registry.stop()
    await settle([...ncps.map(({ proving }) => proving.proof), ...smps.map(({ flow }) => flow.identification.proof)])
    await closePlugins()
    await store.close()
    await watched.tracing.stop()
  }
  const watches = { loginWatch, certificates, auditWatch, dailyRetention }
  return {
    ...{ store, log, logins, systems, registry, ...watches, operations, auditChain, cases, ncps, smps, close },
    ...{ sharedCounts: own.shared, sealKey: seal.key },
  }
}

interface Parts {
  readonly logins: ReadonlyMap<string, IdentityProvider>
  readonly stateOfLogin: NonNullable<NcpEntry['stateOfLogin']>
  readonly systems: ReadonlyMap<string, SisConnection>
  readonly sourceTitles: ReadonlyMap<string, string>
  readonly registry: Registry
  readonly titlesOfNcps: ReadonlyMap<string, string>
  readonly allowLoopbackHttp: boolean
  readonly signatureEngine: SignatureEngine
  readonly codeMail: CodeMail | undefined
  readonly collectPatienceMilliseconds: number
}

async function openOwnStore(
  place: DatabasePlace,
  beside: boolean,
  seal: SealKeys,
  auditSigning: AuditSigning | undefined,
  now: () => Date,
): Promise<{ readonly store: OpenedStore; readonly shared: unknown }> {
  const knex = await (beside ? openToLook(place) : openDatabase(place, { beside: false }))
  try {
    const store = await openStore({
      ...{ knex, seal, onlyLooks: beside, now: () => now().getTime() },
      ...(auditSigning && { auditSigning }),
    })
    return { store, shared: 'postgres' in place ? knex : undefined }
  } catch (error) {
    await knex.destroy()
    const isOfServer = 'postgres' in place && 'severity' in (error as object)
    throw isOfServer || isOfAnother(error) ? DatabaseError.of(error) : error
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

/** A case of a system that is the target of several entries waits as long as the most patient of them says. */
const caseDaysOf = (entries: readonly SmpSettings[], system: string): number => {
  const days = entries.filter(({ target }) => target === system).map(({ caseDays }) => caseDays)
  return days.length > 0 ? Math.max(...days) : defaults.caseDays
}

/** The settings were cross-checked: every name exists. */
const pick = <Part>(parts: ReadonlyMap<string, Part>, id: string): Part => parts.get(id)!

const grantorsOf = (logins: readonly string[], { systems }: Parts): SisConnection[] =>
  logins.flatMap((id) => systems.get(id) ?? [])

interface OwnOfNcp {
  readonly signingKey: () => NcpEntry['signingKey']
  readonly transcript: MakeTranscript | undefined
}

const ncpEntry = (entry: NcpSettings, { signingKey, transcript }: OwnOfNcp, parts: Parts): NcpEntry => ({
  id: entry.id,
  title: entry.title,
  ...(entry.country === undefined ? {} : { country: entry.country }),
  publicUrl: `${entry.publicUrl}/ncp/${entry.id}`,
  logins: entry.logins.map((id) => pick(parts.logins, id)),
  stateOfLogin: parts.stateOfLogin,
  minimumLoa: entry.minimumLoa,
  sources: entry.sources.map((id) => pick(parts.systems, id)),
  sourceTitles: parts.sourceTitles,
  grantors: grantorsOf(entry.logins, parts),
  ...(parts.codeMail === undefined ? {} : { codeMail: parts.codeMail }),
  // Asked for each time: it is replaced while the entry is in use.
  get signingKey() {
    return signingKey()
  },
  basis: entry.basis,
  ...(transcript === undefined ? {} : { transcript }),
  signatureEngine: parts.signatureEngine,
  receivers: { ...entry.receivers, allowLoopbackHttp: parts.allowLoopbackHttp },
  want: entry.results,
  collectSeconds: entry.collectSeconds,
  collectPatienceMilliseconds: parts.collectPatienceMilliseconds,
  sourceTimeoutSeconds: entry.sourceTimeoutSeconds,
  idleMinutes: entry.idleMinutes,
  resendMinutes: defaults.sealedBodyMinutes,
})

interface OwnOfSmp {
  readonly signingKey: () => SigningKey | undefined
  readonly transcript: MakeTranscript | undefined
  readonly api: OpenImportApi | undefined
}

const smpEntry = (entry: SmpSettings, { signingKey, transcript, api }: OwnOfSmp, parts: Parts): SmpEntry => ({
  id: entry.id,
  title: entry.title,
  publicUrl: `${entry.publicUrl}/smp/${entry.id}`,
  logins: entry.logins.map((id) => pick(parts.logins, id)),
  stateOfLogin: parts.stateOfLogin,
  ...(entry.staffLogin === undefined ? {} : { staffLogin: pick(parts.logins, entry.staffLogin) }),
  statisticsOf: entry.statisticsOf.map((id) => ({ id, title: pick(parts.titlesOfNcps, id) })),
  minimumLoa: entry.minimumLoa,
  // Checked with the settings: it has the one or the other.
  target: api?.target ?? pick(parts.systems, entry.target ?? ''),
  ...(api === undefined ? {} : { desk: api.desk }),
  grantors: grantorsOf([...entry.logins, entry.staffLogin ?? ''], parts),
  registry: parts.registry,
  ...(parts.codeMail === undefined ? {} : { codeMail: parts.codeMail }),
  ownInstitutions: entry.ownInstitutions,
  sha1Exceptions: entry.sha1Exceptions,
  // Asked for each time: it is replaced while the entry is in use.
  get signingKey() {
    return signingKey()
  },
  basis: entry.basis,
  historyDays: entry.historyDays,
  ...(transcript === undefined ? {} : { transcript }),
  signatureEngine: parts.signatureEngine,
  transferMinutes: entry.transferMinutes,
  sealedBodyMinutes: defaults.sealedBodyMinutes,
  caseDays: entry.caseDays,
  targetTimeoutSeconds: entry.targetTimeoutSeconds,
  clockSkewMinutes: defaults.clockSkewMinutes,
})
