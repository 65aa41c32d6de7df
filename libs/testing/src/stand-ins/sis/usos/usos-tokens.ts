import { randomBytes } from 'node:crypto'

const accessTokenMs = 2 * 3_600_000
const requestTokenMs = 15 * 60_000
/** How far a timestamp may be off; nonces are remembered for as long. */
const windowSeconds = 300

interface RequestToken {
  readonly secret: string
  readonly callback: string
  readonly scopes: readonly string[]
  readonly until: number
  /** Set when a student has said yes. */
  granted?: { readonly student: string; readonly verifier: string }
}

export interface AccessToken {
  readonly secret: string
  readonly student: string
  readonly scopes: readonly string[]
  readonly until: number
}

const text = () => randomBytes(15).toString('base64url')

/** The tokens and nonces of one installation. A request token and its verifier are good for one exchange. */
export class UsosTokens {
  private readonly requests = new Map<string, RequestToken>()
  private readonly accesses = new Map<string, AccessToken>()
  private readonly nonces = new Map<string, number>()

  constructor(private readonly now: () => Date) {}

  request(callback: string, scopes: readonly string[]): { token: string; secret: string } {
    const [token, secret] = [text(), text()]
    this.requests.set(token, { secret, callback, scopes, until: this.now().getTime() + requestTokenMs })
    return { token, secret }
  }

  /** A request token that waits for a student or for its exchange. */
  requested(token: string): RequestToken | undefined {
    const known = this.requests.get(token)
    return known === undefined || known.until < this.now().getTime() ? undefined : known
  }

  /** Where the browser goes when the student has said yes; undefined where the token waits for nobody. */
  grant(token: string, student: string): string | undefined {
    const known = this.requested(token)
    if (known === undefined || known.granted !== undefined) return undefined
    known.granted = { student, verifier: text() }
    return withQuery(known.callback, { oauth_token: token, oauth_verifier: known.granted.verifier })
  }

  /** Where the browser goes when the student has said no. The token is gone. */
  refuse(token: string, problem: string | undefined): string | undefined {
    const known = this.requested(token)
    if (known === undefined) return undefined
    this.requests.delete(token)
    return withQuery(known.callback, {
      oauth_token: token,
      ...(problem === undefined ? {} : { oauth_problem: problem }),
    })
  }

  exchange(token: string, verifier: string | undefined): { token: string; secret: string } | undefined {
    const known = this.requested(token)
    this.requests.delete(token)
    if (known?.granted === undefined || known.granted.verifier !== verifier) return undefined
    const [access, secret] = [text(), text()]
    const { scopes, granted } = known
    this.accesses.set(access, { secret, student: granted.student, scopes, until: this.now().getTime() + accessTokenMs })
    return { token: access, secret }
  }

  access(token: string): AccessToken | undefined {
    const known = this.accesses.get(token)
    return known === undefined || known.until < this.now().getTime() ? undefined : known
  }

  revoke(token: string): void {
    this.accesses.delete(token)
  }

  revokeAll(): void {
    this.accesses.clear()
  }

  get living(): number {
    return this.accesses.size
  }

  /** Why a timestamp and a nonce are not taken; undefined where they are. */
  problemOf(consumer: string, timestamp: string | undefined, nonce: string | undefined): string | undefined {
    const now = Math.floor(this.now().getTime() / 1000)
    if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return 'timestamp_refused'
    if (Math.abs(Number(timestamp) - now) > windowSeconds) return 'timestamp_refused'
    if (nonce === undefined || nonce === '') return 'nonce_used'
    for (const [seen, at] of this.nonces) if (at < now - 2 * windowSeconds) this.nonces.delete(seen)
    const key = JSON.stringify([consumer, timestamp, nonce])
    if (this.nonces.has(key)) return 'nonce_used'
    this.nonces.set(key, now)
    return undefined
  }
}

function withQuery(address: string, fields: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  return url.href
}
