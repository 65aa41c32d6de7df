import type { Page } from 'playwright-core'

/** Seconds that a page may take on a machine that has other things to do. */
const patienceMs = 20_000

/** A person in front of a page: reads headings, presses buttons. */
export class Student {
  constructor(
    readonly page: Page,
    /** Without script, pages that carry a message onward are continued by hand. */
    private readonly hasScript = true,
  ) {
    page.setDefaultTimeout(patienceMs)
  }

  /** Presses the button whose text contains this. */
  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button }).first().click()
  }

  /** Follows a link with this text. */
  async follow(link: string): Promise<void> {
    await this.page.getByRole('link', { name: link }).first().click()
  }

  /** Presses a button whose answer is a hand-off to another site. */
  async pressOnward(button: string): Promise<void> {
    await this.press(button)
    if (this.hasScript) return
    await this.sees('You are being sent on')
    await this.press('Continue')
  }

  /** Waits for the page with this heading, and for its script: on a busy machine its words are there before that. */
  async sees(heading: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
    await this.page.waitForLoadState('load')
  }

  /** Opens an address in another tab of the same browser. */
  async secondTab(url: string): Promise<Student> {
    const page = await this.page.context().newPage()
    await page.goto(url)
    return new Student(page, this.hasScript)
  }

  async heading(): Promise<string> {
    return (await this.page.locator('h1').textContent()) ?? ''
  }

  async text(): Promise<string> {
    return (await this.page.locator('main').innerText()).replace(/\s+/g, ' ')
  }
}
