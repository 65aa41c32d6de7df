import { RemoteWatch, type Log, type ProviderState } from '@emrex-gateway/core'
import { allowInsecureRequests, ClientError, customFetch, discovery, None, type ServerMetadata } from 'openid-client'
import { mayBePlain, type AddressRule } from './address-rule.js'
import { AnswerError, UnreachableError, type guardedFetch } from './guarded-fetch.js'
import type { OidcProfile } from './profile.js'

export const answerWithinSeconds = 10
const keptHours = 24

/** Something that the discovery document must not say, or does not. */
class DiscoveryError extends Error {}

export interface IssuerQuestion {
  readonly id: string
  readonly issuer: string
  readonly profile: OidcProfile
  readonly environment: Parameters<typeof mayBePlain>[1]
  readonly fetch: ReturnType<typeof guardedFetch>
  readonly problemOf: AddressRule
  readonly now: () => Date
  readonly log: Log
}

/**
 * What is known about an issuer. One that cannot be reached is shown as not available, but what it said is believed for 24
 * hours more, for those who are on their way; one that says something wrong about itself is not used from that moment.
 */
export class IssuerWatch extends RemoteWatch<ServerMetadata> {
  constructor(private readonly question: IssuerQuestion) {
    super(question.now)
  }

  /** Asks the issuer. Does not throw. */
  async refresh(): Promise<ProviderState> {
    await this.askOnce()
    return {
      available: this.usable() !== undefined && this.finding === undefined,
      findings: this.finding === undefined ? [] : [this.finding],
    }
  }

  protected usable(): ServerMetadata | undefined {
    if (this.known === undefined || this.time() - this.known.at > keptHours * 3_600_000) return undefined
    return this.known.metadata
  }

  protected async ask(): Promise<void> {
    const { id, log } = this.question
    try {
      this.known = { metadata: await discover(this.question), at: this.time() }
      this.finding = undefined
    } catch (error) {
      this.finding = findingOf(error, this.question.issuer)
      if (!isUnreachable(error)) this.known = undefined
      log.warn('login.unavailable', { login: id, finding: this.finding })
    }
  }
}

/** Asks for the discovery document, and looks at everything in it that we shall rely on. */
async function discover({ issuer, profile, environment, fetch, problemOf }: IssuerQuestion): Promise<ServerMetadata> {
  const own = problemOf(issuer)
  if (own !== undefined) throw new AnswerError(`its address ${own}`)
  const configuration = await discovery(new URL(issuer), 'nobody', undefined, None(), {
    [customFetch]: fetch,
    timeout: answerWithinSeconds,
    execute: mayBePlain(new URL(issuer), environment) ? [allowInsecureRequests] : [],
  })
  const metadata = configuration.serverMetadata()
  if (metadata.issuer !== issuer) throw new DiscoveryError('names another issuer than the settings')
  if (metadata.code_challenge_methods_supported?.includes('S256') !== true)
    throw new DiscoveryError('does not offer PKCE with S256')
  for (const name of neededEndpoints(profile, metadata)) {
    const address = metadata[name]
    if (typeof address !== 'string') throw new DiscoveryError(`names no ${name}`)
  }
  const aliases = Object.entries(metadata.mtls_endpoint_aliases ?? {})
  for (const [name, address] of [...endpoints.map((name) => [name, metadata[name]] as const), ...aliases]) {
    if (address === undefined) continue
    const problem = typeof address === 'string' ? problemOf(address) : 'is no address'
    if (problem !== undefined) throw new DiscoveryError(`is refused: ${name} ${problem}`)
  }
  if (profile.pushedRequests === 'never' && metadata.require_pushed_authorization_requests === true)
    throw new DiscoveryError('demands pushed requests, which the profile forbids')
  return { ...metadata, ...algorithmsOf(profile, metadata) }
}

const endpoints = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'pushed_authorization_request_endpoint',
  'end_session_endpoint',
] as const
type Endpoint = (typeof endpoints)[number]

const neededEndpoints = (profile: OidcProfile, metadata: ServerMetadata): readonly Endpoint[] => [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  ...(profile.userinfo === 'none' ? [] : (['userinfo_endpoint'] as const)),
  ...(profile.pushedRequests === 'required' || metadata.require_pushed_authorization_requests === true
    ? (['pushed_authorization_request_endpoint'] as const)
    : []),
]

/** An algorithm counts when the profile allows it; what the document announces beside it does not widen that. */
function algorithmsOf(profile: OidcProfile, metadata: ServerMetadata): Partial<ServerMetadata> {
  const announced = metadata.id_token_signing_alg_values_supported
  const allowed = profile.idTokenAlgorithms.filter((alg) => !Array.isArray(announced) || announced.includes(alg))
  if (allowed.length === 0) throw new DiscoveryError('announces none of the signature algorithms of the profile')
  return {
    id_token_signing_alg_values_supported: allowed,
    userinfo_signing_alg_values_supported: [...profile.idTokenAlgorithms],
  }
}

const causeOf = (error: unknown): unknown => (error instanceof ClientError ? error.cause : error)

const isUnreachable = (error: unknown): boolean =>
  causeOf(error) instanceof UnreachableError ||
  (error instanceof ClientError && (error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'))

function findingOf(error: unknown, issuer: string): string {
  const cause = causeOf(error)
  if (cause instanceof DiscoveryError) return `the discovery document of ${issuer} ${cause.message}`
  if (cause instanceof AnswerError) return `the discovery document of ${issuer} is refused: ${cause.message}`
  if (isUnreachable(error)) return `${issuer} does not answer with a discovery document`
  if (error instanceof ClientError && error.code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED')
    return `the discovery document of ${issuer} names another issuer than the settings`
  return `the discovery document of ${issuer} cannot be read`
}
