import type { CaseDesk } from './ports/case-desk.js'
import type { Log } from './ports/log.js'

/** A settings schema; a zod schema fits. */
export interface ConfigSchema<Config> {
  safeParse(
    settings: unknown,
  ):
    | { success: true; data: Config }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }
}

/**
 * All that a plugin may touch besides its own settings.
 *
 * `fetch` already carries TLS, limits and the time limit; `log` redacts. `environment` is `demo` only when the settings
 * say so: a demo part must refuse anything else.
 */
export interface PluginHost {
  readonly environment: 'production' | 'test' | 'demo'
  readonly fetch: typeof fetch
  /**
   * The same, showing a client certificate, and trusting only these authorities where some are given; `maxBytes` is for
   * systems whose answers are larger than the usual limit.
   */
  fetchAs(client: ClientCertificate, limits?: { readonly maxBytes?: number }): typeof fetch
  /**
   * Whether a value is seen for the first time within its scope; until then, a second time is answered with false, also by
   * another instance and after a restart. Only a hash is kept.
   */
  once(scope: string, value: string, until: Date): Promise<boolean>
  /** Where an import is left for staff, for a SIS into which nobody can write. `caseTarget` makes a target of it. */
  readonly cases: CaseDesk
  now(): Date
  /** 128 random bits or more, base64url. */
  randomId(): string
  readonly log: Log
  /** Resolves a path of the settings against the folder of the settings file. */
  resolvePath(path: string): string
}

/** Who we are in a TLS handshake (PEM texts, or a PKCS #12 container), and whom we trust there. All may be absent. */
export interface ClientCertificate {
  readonly privateKey?: string
  readonly certificate?: string
  readonly pfx?: Uint8Array
  /** Of the container or of the key. */
  readonly passphrase?: string
  readonly authorities?: readonly string[]
}

/** A plugin is a name, a settings schema and a `create` function. */
export interface Plugin<Config, Product> {
  readonly apiVersion: 1
  readonly name: string
  readonly config: ConfigSchema<Config>
  create(config: Config, host: PluginHost, id: string): Promise<Product>
}

/**
 * A plugin whose settings are its own business: whoever opens it parses with its schema and hands the outcome to its own
 * `create`. No other type says that, because settings go out of the one and into the other.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type SomePlugin<Product> = Plugin<any, Product>
