import { setTimeout as wait } from 'node:timers/promises'
import { PlainBrowser, type BrowserPage } from '@emrex-gateway/testing'
import { acceptButton, homeLoginLabel, loginName, nationalLoginLabel, ncpButton, type Story } from '@emrex-gateway/town'
import { canariesIn } from '../personal-canaries.js'

/** Headings of pages on which a transfer is over. */
const ends: ReadonlySet<string> = new Set(['Your university has your results', 'This document came before'])

/** How long somebody waits before the next try. */
export interface Patience {
  /** Where a page did not come, or told of a fault. */
  again(page?: BrowserPage): Promise<unknown>
  /** At a page that looks again by itself. */
  look(page: BrowserPage): Promise<unknown>
}

/** Loses no time, as only a test would. */
const hasty: Patience = { again: () => wait(200), look: () => wait(50) }

/** Waits as long as the page says; before a page that says nothing, a little while that differs from one to the next. */
export const asToldByPages: Patience = {
  again: (page) => wait(secondsIn(page?.headers.get('retry-after')) * 1000 || 1000 + Math.random() * 1000),
  look: (page) => wait(secondsIn(/data-renew-seconds="(\d+)"/.exec(page.html)?.[1]) * 1000),
}
const secondsIn = (text: string | null | undefined): number => Number(text ?? 0)

/**
 * A student who does what people do when a site fails: where a page does not come, or tells of a fault, goes back and
 * presses again; where a page says that something was done already, follows its link.
 */
export class PatientStudent {
  readonly browser = new PlainBrowser()
  /** How often no answer came, and which pages of faults were shown, by their status and heading. */
  cuts = 0
  readonly faults: string[] = []

  constructor(
    private readonly story: Story,
    private readonly start: string,
    private readonly patience: Patience = hasty,
  ) {}

  /**
   * Goes on until the end of a transfer, or until a page with that heading; gives the heading of the last page.
   *
   * @throws {Error} on a page that leads nowhere
   */
  async carry(until?: string): Promise<string> {
    for (let step = 0; step < 2000; step++) {
      const { heading } = this.browser
      if (ends.has(heading) || heading === until) return heading
      await this.trying(() => this.next())
    }
    throw new Error(`a student who never came to an end; the page is "${this.browser.heading}"`)
  }

  /** The id of the transfer at home whose page is open. */
  get transferId(): string {
    return /\/transfers\/([^/?]+)/.exec(this.browser.page.url)![1]!
  }

  private async trying(step: () => Promise<unknown>): Promise<void> {
    const { page: before } = this.browser
    try {
      await step()
    } catch (error) {
      // What fetch throws when there was no whole answer.
      if (!/^(fetch failed|terminated)$/.test((error as Error).message)) throw error
      this.cuts++
      return void (await this.patience.again())
    }
    const { page } = this.browser
    const { status } = page
    if (status < 400) return
    const canaries = canariesIn(page.html)
    if (canaries.length > 0)
      throw new Error(`a page with the status ${status} tells of a person: ${canaries.join(', ')}`)
    if (status < 500) return
    this.faults.push(`${status} ${this.browser.heading}`)
    this.browser.page = before
    await this.patience.again(page)
  }

  private async next(): Promise<unknown> {
    const { browser, story } = this
    const { heading, page } = browser
    if (page.status === 0) return browser.open(this.start)
    if (browser.forms.some(({ autoSubmit }) => autoSubmit)) return browser.followAutoSubmit()
    if (page.status >= 400) return browser.open(linkOf(page.html, heading))
    if (heading === 'Your results are being imported') {
      await this.patience.look(page)
      return browser.open(page.url)
    }
    const press = this.presses()[heading]
    if (press !== undefined) return browser.press(press)
    const login = browser.forms.some(({ buttons }) =>
      buttons.some(({ text }) => text.includes(loginName(story.student))),
    )
    if (login) return browser.press(loginName(story.student))
    // Back at the choice of logins, which is shown again to whoever was away for a while.
    if (page.html.includes('name="login"'))
      return browser.press(page.url.includes('/ncp/') ? nationalLoginLabel : homeLoginLabel(story.home))
    if (browser.forms.some(({ buttons }) => buttons.some(({ text }) => text === 'Start'))) return browser.press('Start')
    throw new Error(
      `a student does not know what to do on "${heading}" (${page.status}): ${browser.text.slice(0, 300)}`,
    )
  }

  private presses(): Readonly<Record<string, Parameters<PlainBrowser['press']>[0]>> {
    return {
      'Where are your results?': ncpButton(this.story),
      'Where do your results go?': { button: 'Continue to login', fields: { confirmed: 'yes' } },
      'Choose your results': 'Show what will be sent',
      'Check what will be sent': 'Send to',
      'Your results have arrived': acceptButton,
    }
  }
}

/** Where a page says that one goes on. */
function linkOf(html: string, heading: string): string {
  const [, link] = /href="([^"]*\/transfers\/[^"]+)"/.exec(html) ?? /href="([^"]*\/smp\/[^"]+)"/.exec(html) ?? []
  if (link === undefined) throw new Error(`the page "${heading}" leads nowhere`)
  return link
}
