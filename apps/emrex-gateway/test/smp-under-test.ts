import { gunzipSync } from 'node:zlib'
import {
  PlainBrowser,
  startStandInNcp,
  type InventedPerson,
  type StandInMode,
  type StandInNcp,
  type ThrowawaySigner,
} from '@emrex-gateway/testing'
import { loginName, students, waitForImport } from '@emrex-gateway/town'
import { GatewayAlone } from './gateway-alone.js'

/** The entries of the SMP under test: without a SHA-1 exception, with one that holds, with one that has run out. */
export type SmpName = 'strict' | 'lenient' | 'late'

const { given, family, birthDate, nationalId } = students.find(({ id }) => id === 'ingrid')!

/** Who logs in at home, as the stand-in NCP knows her. */
const ingrid: InventedPerson = {
  givenNames: given,
  familyName: family,
  birthDate: birthDate!,
  identifiers: [{ type: 'nationalIdentifier', value: nationalId!.value }],
}

const coast = 'University of the Coast'
const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A gateway that has nothing but an SMP for Nordfjordvik, and one NCP that it knows from its settings: a stand-in. */
export class SmpUnderTest {
  private constructor(
    readonly alone: GatewayAlone,
    readonly ncp: StandInNcp,
  ) {}

  /** `others` are further universities by name with the certificates published for them, served by the same stand-in. */
  static async start(
    signer: ThrowawaySigner,
    others: Readonly<Record<string, readonly string[]>> = {},
  ): Promise<SmpUnderTest> {
    const ncp = await startStandInNcp({ host: '127.0.0.1', signer, person: ingrid })
    const entries = Object.entries({ [coast]: [signer.certificate], ...others }).map(([name, certificates]) => ({
      ...{ name, countryCode: 'NO', institutions: [name], certificates },
      url: name === coast ? ncp.url : `${ncp.url}?of=${encodeURIComponent(name)}`,
    }))
    const exceptions = { strict: [], lenient: [day(30)], late: [day(-1)] } satisfies Record<SmpName, string[]>
    const alone = await GatewayAlone.start({
      host: 'localhost',
      universities: ['nordfjord'],
      role: (origin) => ({
        registries: [{ id: 'by-hand', kind: 'static', entries }],
        smp: Object.entries(exceptions).map(([id, days]) => ({
          ...{ id, title: 'University of Nordfjordvik', publicUrl: origin, logins: ['people'], target: 'nordfjord' },
          sha1Exceptions: days.map((until) => ({ ncpUrl: ncp.url.replace(/^http/, 'HTTP'), until })),
        })),
      }),
    })
    return new SmpUnderTest(alone, ncp)
  }

  async stop(): Promise<void> {
    await this.ncp.close()
    await this.alone.stop()
  }

  /** Logs in at home, up to the choice of the NCP: the page of the transfer. */
  async begin(smp: SmpName = 'strict'): Promise<{ browser: PlainBrowser; hub: string }> {
    const browser = new PlainBrowser()
    await browser.open(`${this.alone.origin}/smp/${smp}`)
    await browser.press('Start')
    await browser.press(loginName('ingrid'))
    return { browser, hub: browser.page.url }
  }

  /** Walks to the NCP in this mode; its answer lies in the browser and is not sent yet. */
  async goAbroad(mode: StandInMode, smp: SmpName = 'strict', university = coast) {
    this.ncp.setMode(mode)
    const { browser, hub } = await this.begin(smp)
    await browser.press(`Go to ${university}`)
    return { browser, hub }
  }

  /** Walks to the NCP in this mode and back; gives the fields with which the browser came back. */
  async transfer(mode: StandInMode, smp: SmpName = 'strict') {
    const { browser, hub } = await this.goAbroad(mode, smp)
    const fields = new Map(browser.forms[0]!.fields)
    await browser.press('Continue')
    return { browser, hub, fields }
  }

  /** Has asked an NCP that gives no answer of its own: the session id that it was sent. */
  async ask(smp: SmpName = 'strict', university = coast) {
    const { browser, hub } = await this.goAbroad('cancel', smp, university)
    return { browser, hub, sessionId: this.ncp.received.at(-1)!.fields['sessionId']! }
  }

  /** Asks, and answers with this document in whatever packing: what the student then sees. */
  async answered(elmo: string, smp: SmpName = 'strict', university = coast): Promise<PlainBrowser> {
    const { browser, sessionId } = await this.ask(smp, university)
    await this.post(browser, { sessionId, returnCode: 'NCP_OK', returnMessage: '', elmo }, smp)
    return browser
  }

  /** Posts these fields from the page of another site to the return address. */
  async post(browser: PlainBrowser, fields: Readonly<Record<string, string>>, smp: SmpName = 'strict'): Promise<void> {
    if (!browser.page.url.startsWith(this.ncp.origin)) await browser.open(`${this.ncp.origin}/`)
    const action = `${this.alone.origin}/smp/${smp}/return`
    const form = { action, method: 'POST', autoSubmit: false, fields: [], boxes: [], buttons: [] } as const
    await browser.submit(form, new URLSearchParams(fields))
  }

  /** Takes what was reviewed, and waits until the student system has it. */
  async accept(browser: PlainBrowser): Promise<void> {
    await browser.press('Take these results into my record')
    await waitForImport(browser)
  }

  /** The last delivery to the student system, and how many there are. */
  async imported() {
    const imports = await this.alone.imports('nordfjord')
    return { count: imports.length, last: imports.at(-1) }
  }
}

/** The document in the packing that a good answer has. */
export const unpacked = (elmo: string): Buffer => gunzipSync(Buffer.from(elmo, 'base64'))
