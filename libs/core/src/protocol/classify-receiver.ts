import { domainToUnicode } from 'node:url'
import { defaults } from '../numbers.js'
import { blockedPorts } from './blocked-ports.js'
import { hostKind } from './host-kind.js'
import { mixesScripts } from './mixes-scripts.js'

/** A receiver that the settings know: its name, the origin of its return address, further origins its form may be passed on to. */
export interface KnownReceiver {
  readonly name: string
  readonly origin: string
  readonly furtherOrigins: readonly string[]
}

/** Why a return address is refused; safe to show and to log. */
export type ReceiverRefusal =
  | 'too-long'
  | 'forbidden-character'
  | 'not-absolute'
  | 'not-https'
  | 'user-info'
  | 'fragment'
  | 'unreadable'
  | 'blocked-port'
  | 'ip-address'
  | 'private-host'
  | 'mixed-script'
  | 'unknown-receiver'

/**
 * Who a return address belongs to. `host` is for people, in Unicode; `hostAscii` is what the browser resolves: show both
 * where they differ. `formOrigins` are the origins at which the form with the results may end.
 */
export type ReceiverClass =
  | {
      readonly kind: 'known'
      readonly name: string
      readonly host: string
      readonly origin: string
      readonly formOrigins: readonly string[]
      readonly returnUrl: string
    }
  | {
      readonly kind: 'ask'
      readonly host: string
      readonly hostAscii: string
      readonly origin: string
      readonly formOrigins: readonly string[]
      readonly returnUrl: string
    }
  | { readonly kind: 'refuse'; readonly why: ReceiverRefusal }

export interface ReceiverPolicy {
  readonly known: readonly KnownReceiver[]
  readonly unknown: 'ask' | 'refuse'
  /** Demonstrations only: http, and any host name of this machine. */
  readonly allowLoopbackHttp: boolean
}

// White space and controls (URL parsers drop or escape them silently), backslashes (read as slashes), direction marks.
const forbidden = /[\s\p{Cc}\p{Cs}\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u

/**
 * Decided before the login. `returnUrl` in the answer is the serialised parsed address: the only one used from there on.
 * A receiver of the settings may have any https host and port, as the operator vouches for it; others must be public
 * names on a port that browsers post to.
 *
 * Spec: WHATWG URL for the one parse; the guide says only that `returnUrl` is absolute.
 */
export function classifyReceiver(returnUrl: string, policy: ReceiverPolicy): ReceiverClass {
  const refuse = (why: ReceiverRefusal): ReceiverClass => ({ kind: 'refuse', why })
  if (returnUrl.length > defaults.returnUrlMaxLength) return refuse('too-long')
  if (forbidden.test(returnUrl)) return refuse('forbidden-character')
  const [, scheme, authority = ''] = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]+))?/i.exec(returnUrl) ?? []
  if (scheme === undefined) return refuse('not-absolute')
  if (!/^https?$/i.test(scheme)) return refuse('not-https')
  if (authority === '') return refuse('not-absolute')
  if (authority.includes('@')) return refuse('user-info')
  if (returnUrl.includes('#')) return refuse('fragment')
  if (!URL.canParse(returnUrl)) return refuse('unreadable')

  const url = new URL(returnUrl)
  const kind = hostKind(url.hostname)
  const ownMachine = kind === 'loopback' && policy.allowLoopbackHttp
  if (url.protocol === 'http:' && !ownMachine) return refuse('not-https')
  if (blockedPorts.has(Number(url.port || 443))) return refuse('blocked-port')

  const { origin, href } = url
  const host = domainToUnicode(url.hostname) + (url.port && `:${url.port}`)
  const known = policy.known.find((one) => URL.canParse(one.origin) && new URL(one.origin).origin === origin)
  if (known !== undefined) {
    const formOrigins = [origin, ...known.furtherOrigins]
    return { kind: 'known', name: known.name, host, origin, formOrigins, returnUrl: href }
  }
  if (kind === 'ip-address') return refuse('ip-address')
  if (kind !== 'public-name' && !ownMachine) return refuse('private-host')
  if (mixesScripts(domainToUnicode(url.hostname))) return refuse('mixed-script')
  if (policy.unknown === 'refuse') return refuse('unknown-receiver')
  return { kind: 'ask', host, hostAscii: url.host, origin, formOrigins: [origin], returnUrl: href }
}
