import { PlainBrowser, startStandInSmp, type StandInRequest, type StandInSmp } from '@emrex-gateway/testing'
import { loginName } from '@emrex-gateway/town'
import { transferIdOf } from './evidence-of.js'
import type { TownUnderTest } from './town-under-test.js'

/** A student whom an SMP outside of the town sent to one of the town's NCPs. */
export interface Guest {
  readonly browser: PlainBrowser
  readonly ncp: string
  readonly transferId: string
  readonly request: StandInRequest
}

/** A home university that nobody in the town knows: it keeps every answer, and checks nothing. */
export class OutsideSmp {
  private constructor(
    private readonly under: TownUnderTest,
    private readonly smp: StandInSmp,
  ) {}

  static async start(under: TownUnderTest): Promise<OutsideSmp> {
    return new OutsideSmp(under, await startStandInSmp())
  }

  stop(): Promise<void> {
    return this.smp.close()
  }

  /** What people are shown as the receiver. */
  get host(): string {
    return new URL(this.smp.origin).host
  }

  /** The answers to one request, in order. */
  answersTo({ request }: Pick<Guest, 'request'>): readonly Readonly<Record<string, string>>[] {
    return this.smp.answers.map(({ fields }) => fields).filter(({ sessionId }) => sessionId === request.sessionId)
  }

  /** Sends a student to the NCP; the question whether they want to send to this receiver is on the screen. */
  async send(ncp: string): Promise<Guest> {
    const browser = new PlainBrowser()
    await browser.open(this.smp.startUrl(this.under.town.ncpUrl(ncp)))
    await browser.press('Continue')
    return { browser, ncp, transferId: transferIdOf(browser), request: this.smp.requests.at(-1)! }
  }

  /** Sends a student who confirms the receiver; the login is on the screen. */
  async toLogin(ncp: string): Promise<Guest> {
    const guest = await this.send(ncp)
    await guest.browser.press({ button: 'Continue to login', fields: { confirmed: 'yes' } })
    return guest
  }

  /** Sends a student who logs in as that person; the choice of results, or the reason why there is none, is shown. */
  async toChoice(ncp: string, student: string): Promise<Guest> {
    const guest = await this.toLogin(ncp)
    await guest.browser.press(loginName(student))
    return guest
  }

  /** The document of a transfer abroad as it lies in the store. */
  async documentOf({ ncp, transferId }: Guest): Promise<Uint8Array | undefined> {
    return this.under.ncp(ncp).transfers.body(transferId, 'document')
  }
}
