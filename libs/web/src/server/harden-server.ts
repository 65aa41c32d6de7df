import type { Server } from 'node:http'
import { defaults } from '@emrex-gateway/core'
import helmet from 'helmet'
import { endSilentConnections } from './end-silent-connections.js'
import { endSlowBodies, type SlowBodyRules } from './end-slow-bodies.js'

export interface ServerSettings {
  /** Proxies in front of us whose `X-Forwarded-*` headers hold: none, so many hops, or these addresses. */
  readonly trustProxy: false | number | readonly string[]
  /** Time for the head of a request. */
  readonly headersTimeoutSeconds?: number
  /** Time for a whole request. */
  readonly requestTimeoutSeconds?: number
  /** How fast a request must go on arriving. */
  readonly slowBodies?: SlowBodyRules
  /** Told of each connection that was ended because its request came too slowly. */
  readonly slowBodyEnded?: () => void
}

/** What of a Nest application on Express is needed. */
export interface HardenedApplication {
  set(name: string, value: unknown): unknown
  use(handler: ReturnType<typeof helmet>): unknown
  getHttpServer(): Server
}

/**
 * Makes a Nest application (created with `bodyParser: false`) safe to listen: limits of time, no word about the software,
 * a policy under which an answer that is not a page can do nothing. Pages set their own, wider one.
 */
export function hardenServer(app: HardenedApplication, settings: ServerSettings): void {
  app.set('trust proxy', typeof settings.trustProxy === 'object' ? [...settings.trustProxy] : settings.trustProxy)
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
      },
      // The neighbours under the same domain decide for themselves.
      strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  )
  const server = app.getHttpServer()
  server.headersTimeout = (settings.headersTimeoutSeconds ?? defaults.requestHeadersTimeoutSeconds) * 1000
  server.requestTimeout = (settings.requestTimeoutSeconds ?? defaults.requestTimeoutSeconds) * 1000
  // A proxy that sends a request over a connection which we end at that moment answers 502, and the person is stranded.
  server.keepAliveTimeout = defaults.idleConnectionSeconds * 1000
  endSilentConnections(server)
  endSlowBodies(server, settings.slowBodyEnded, settings.slowBodies)
}
