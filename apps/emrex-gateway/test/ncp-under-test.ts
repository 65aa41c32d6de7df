import { PlainBrowser, type StandInSmp } from '@emrex-gateway/testing'
import { loginName } from '@emrex-gateway/town'
import { GatewayAlone, transferOf } from './gateway-alone.js'

/** What the settings say about signing and receivers, where a test wants it otherwise. */
export interface NcpChoice {
  /** PEM texts, as they lie in the files. */
  readonly signing: { readonly privateKey: string; readonly certificate: string }
  readonly receivers?: object
}

/** A gateway that has nothing but an NCP for two Norwegian universities. */
export class NcpUnderTest {
  private constructor(
    readonly alone: GatewayAlone,
    readonly url: string,
  ) {}

  /** @throws {SettingsError} when the gateway does not start with these settings */
  static async start({ signing, receivers = {} }: NcpChoice): Promise<NcpUnderTest> {
    const alone = await GatewayAlone.start({
      host: '127.0.0.1',
      universities: ['nordfjord', 'solvik'],
      files: { 'ncp.key.pem': signing.privateKey, 'ncp.pem': signing.certificate },
      role: (origin) => ({
        ncp: [
          {
            ...{ id: 'norway', title: 'Results from Norway', publicUrl: origin, receivers },
            ...{ logins: ['people'], sources: ['nordfjord', 'solvik'] },
            signing: { keyFile: './ncp.key.pem', certificateFile: './ncp.pem' },
          },
        ],
      }),
    })
    return new NcpUnderTest(alone, `${alone.origin}/ncp/norway`)
  }

  stop(): Promise<void> {
    return this.alone.stop()
  }

  /** Sent here by a stand-in, up to the first page. */
  async arrive(smp: StandInSmp): Promise<PlainBrowser> {
    const browser = new PlainBrowser()
    await browser.open(smp.startUrl(this.url))
    await browser.press('Continue')
    return browser
  }

  /** Posts a request of our own making, as the page of another site would. */
  async post(from: string, fields: Readonly<Record<string, string>>): Promise<PlainBrowser> {
    const browser = new PlainBrowser()
    await browser.open(from)
    const form = { action: this.url, method: 'POST', autoSubmit: false, fields: [], boxes: [], buttons: [] } as const
    await browser.submit(form, new URLSearchParams(fields))
    return browser
  }

  /** Logs in and sends everything; gives what the stand-in got, and the id of the transfer. */
  async sendAll(browser: PlainBrowser, smp: StandInSmp, student: string) {
    await browser.press(loginName(student))
    expect(browser.heading).toBe('Choose your results')
    const transfer = transferOf(browser.page.url)
    await browser.press('Show what will be sent')
    await browser.press('Send to')
    expect(browser.page.url).toContain(smp.origin)
    return { transfer, answer: smp.answers.at(-1)! }
  }
}
