import { isRecent, type IdentityProvider, type Log, type ProviderState } from '@emrex-gateway/core'

/** A login that is down is looked at so often, one that works so seldom. */
const downMs = 60_000
const worksMs = 300_000

/** Knows how each login is: one whose metadata, keys or discovery cannot be had is shown as not available. */
export class LoginWatch {
  private readonly known = new Map<string, { readonly state: ProviderState; readonly askedAt: number }>()

  constructor(
    private readonly logins: ReadonlyMap<string, IdentityProvider>,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {}

  stateOf(id: string): ProviderState | undefined {
    return this.known.get(id)?.state
  }

  /** Those that are not available now. */
  get down(): readonly string[] {
    return [...this.known].filter(([, { state }]) => !state.available).map(([id]) => id)
  }

  /** Asks those whose turn it is, each for itself. */
  async refresh(): Promise<void> {
    await Promise.all([...this.logins].map(([id, login]) => this.refreshOne(id, login)))
  }

  private async refreshOne(id: string, login: IdentityProvider): Promise<void> {
    const now = this.now().getTime()
    const before = this.known.get(id)
    if (before !== undefined && isRecent(before.askedAt, now, before.state.available ? worksMs : downMs)) return
    const state = await login.refresh?.()
    if (state === undefined) return
    this.known.set(id, { state, askedAt: now })
    if (state.available !== (before?.state.available ?? true)) {
      this.log[state.available ? 'info' : 'warn'](state.available ? 'login.up' : 'login.down', {
        login: id,
        findings: state.findings.join('; '),
      })
    }
  }
}
