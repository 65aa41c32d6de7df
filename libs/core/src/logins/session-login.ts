import { dayMustBeText, isNoText } from '../day-must-be-text.js'
import { EmrexError } from '../emrex-error.js'
import { reachesLoa, type Identity, type Loa } from '../identity.js'
import type { IdentityOutcome, IdentityProvider, InboundMessage } from '../ports/identity-provider.js'

/** The person of a session, as the application that keeps the session knows them. What is null counts as absent. */
export interface SessionPerson {
  /** Never given to anybody else. Where `ownResults` has the same id as this login, its students are found by this. */
  readonly id: string | number
  readonly givenNames: string
  readonly familyName: string
  /** `YYYY-MM-DD`. */
  readonly birthDate?: string | null
  /** `country` is ISO 3166-1 alpha-2. */
  readonly nationalId?: { readonly country: string; readonly value: string } | null
  /** European Student Identifier. */
  readonly esi?: string | null
  /** Roles of staff, such as `staff`. */
  readonly roles?: readonly string[] | null
}

export interface SessionLoginOptions<Request> {
  readonly id: string
  /** Shown to the person, such as `Campus account`. */
  readonly label: string
  /** Who is logged in, by the session of this request; undefined: nobody. */
  personOf(request: Request): SessionPerson | undefined | Promise<SessionPerson | undefined>
  /**
   * The page of the application that logs somebody in, sends them back to `returnTo` after that, and at once where they are
   * logged in already. `returnTo` is a whole address of this entry.
   */
  loginPage(returnTo: string): string
  /** How sure the application is of its people. Default `none`. */
  readonly loa?: Loa | 'none'
  readonly now?: () => Date
}

/**
 * The login of an application that embeds a role and already knows who is logged in: the browser goes by the application's
 * own login page, and the session of the request that comes back says who it is.
 *
 * Guaranteed: a request without a session is a cancelled login, never somebody. The message must carry its `request`, as
 * those of our routes do, which also see that the browser is the one that began the login.
 */
export function sessionLogin<Request>(options: SessionLoginOptions<Request>): IdentityProvider {
  const { id, label, loa = 'none', now = () => new Date() } = options
  const handleOf = ({ url }: InboundMessage) => new URL(url).searchParams.get('state') ?? undefined
  return {
    info: {
      ...{ id, label, kind: 'student', countries: [], bestLoa: loa, deliversBirthDate: true },
      delivers: [`student:${id}`],
    },
    async begin({ callbackUrl, handle }) {
      const returnTo = `${callbackUrl}?state=${encodeURIComponent(handle)}`
      return { action: { kind: 'redirect', url: options.loginPage(returnTo) }, pending: { handle } }
    },
    correlate: handleOf,
    async complete(message, { handle }, { minimumLoa }): Promise<IdentityOutcome> {
      if (handleOf(message) !== handle) return { ok: false, reason: 'invalid-message', detail: 'handle-unknown' }
      if (message.request === undefined)
        throw new Error(`login "${id}" reads the session of the request, but the message carries no request`)
      if (!reachesLoa(loa, minimumLoa)) return { ok: false, reason: 'loa-too-low', detail: loa }
      const person = await options.personOf(message.request as Request)
      if (person === undefined) return { ok: false, reason: 'cancelled', detail: 'no-session' }
      return { ok: true, identity: identityOf(person, { id, loa, at: now() }) }
    },
  }
}

function identityOf(
  person: SessionPerson,
  { id, loa, at }: { readonly id: string; readonly loa: Loa | 'none'; readonly at: Date },
): Identity {
  const { givenNames: given, familyName: family, birthDate, nationalId, esi, roles } = person
  if (isNoText(birthDate)) throw new EmrexError('INTERNAL', dayMustBeText)
  const subject = String(person.id)
  return {
    ...{ provider: id, issuer: `session:${id}`, subject, loa, roles: roles ?? [] },
    authenticatedAt: at.toISOString(),
    names: [{ given, family, kind: 'current' }],
    ...(birthDate ? { birthDate: { value: birthDate, precision: 'day' } } : {}),
    identifiers: [
      { scheme: `student:${id}`, value: subject, persistence: 'lifelong' },
      ...(nationalId
        ? [
            {
              scheme: `national:${nationalId.country}` as const,
              value: nationalId.value,
              persistence: 'lifelong' as const,
            },
          ]
        : []),
      ...(esi ? [{ scheme: 'esi' as const, value: esi, persistence: 'lifelong' as const }] : []),
    ],
  }
}
