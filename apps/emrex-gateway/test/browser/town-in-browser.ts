import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import {
  loginName,
  ncpButton,
  startTown,
  stories,
  students,
  type Story,
  type Town,
  type TownOptions,
} from '@emrex-gateway/town'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { launchChromium } from './launch-chromium.js'
import { Student } from './student.js'

/** How far a story is walked; each name is the page on which the walk ends. */
export type Stop = 'start' | 'login' | 'choose' | 'receiver' | 'login abroad' | 'select' | 'preview' | 'review' | 'end'

const headingAbroad = {
  receiver: 'Where do your results go?',
  'login abroad': 'National login',
  select: 'Choose your results',
  preview: 'Check what will be sent',
} as const

/** The town with a real browser in it, and a clock that can be put forward. */
export class TownInBrowser {
  private constructor(
    readonly town: Town,
    readonly browser: Browser,
    private readonly clock: { aheadMs: number },
  ) {}

  static async start(
    options: Partial<
      Pick<TownOptions, 'folder' | 'port' | 'realLogins' | 'otherSystems' | 'rewriteSettings' | 'log'>
    > = {},
  ): Promise<TownInBrowser> {
    const clock = { aheadMs: 0 }
    const [town, browser] = await Promise.all([
      startTown({
        folder: mkdtempSync(join(tmpdir(), 'emrex-browser-')),
        port: 0,
        logLevel: 'silent',
        overrides: { now: () => new Date(Date.now() + clock.aheadMs), collectPatienceMilliseconds: 60_000 },
        ...options,
      }),
      launchChromium(),
    ])
    return new TownInBrowser(town, browser, clock)
  }

  /** From now on the gateway believes that it is so much later. */
  putForward(minutes: number): void {
    this.clock.aheadMs += minutes * 60_000
  }

  async stop(): Promise<void> {
    await this.browser.close()
    await this.town.stop()
    rmSync(this.town.folder, { recursive: true })
  }

  /** Somebody with a browser of their own. */
  async student(options: BrowserContextOptions = {}): Promise<Student> {
    const context = await this.browser.newContext(options)
    return new Student(await context.newPage(), options.javaScriptEnabled ?? true)
  }

  /** Walks a story from its start page as far as a page. */
  async walk(student: Student, story: Story, stop: Stop): Promise<void> {
    const { page } = student
    await page.goto(this.town.smpUrl(story.home))
    if (stop === 'start') return
    await student.press('Start')
    await student.sees(`Log in at ${this.titleOf(story.home)}`)
    if (stop === 'login') return
    await student.press(loginName(story.student))
    await student.sees('Where are your results?')
    if (stop === 'choose') return
    await student.pressOnward(ncpButton(story))
    if (story.ncp === 'croatia') {
      await student.sees(headingAbroad.receiver)
      if (stop === 'receiver') return
      await page.getByRole('checkbox').check()
      await student.press('Continue to login')
    }
    await student.sees(headingAbroad['login abroad'])
    if (stop === 'login abroad') return
    await student.press(loginName(story.logsInAbroadAs ?? story.student))
    await student.sees(headingAbroad.select)
    if (stop === 'select') return
    await student.press('Show what will be sent')
    await student.sees(headingAbroad.preview)
    if (stop === 'preview') return
    await student.pressOnward('Send to')
    if (story.expected.smp !== 'COMPLETED') return
    await student.sees('Your results have arrived')
    if (stop === 'review') return
    await student.press('Take these results into my record')
    await student.sees('Your university has your results')
  }

  /** What the SMP knows of the transfer whose page is open. */
  async homeState(student: Student): Promise<{ readonly state: string; readonly code?: string }> {
    const [, entry, id] = /\/smp\/([^/]+)\/transfers\/([^/?]+)/.exec(student.page.url()) ?? []
    const smp = this.town.gateway.smps.find(({ flow }) => flow.entry.id === entry)
    const transfer = await smp?.flow.transfers.load(id ?? '')
    if (transfer === undefined) throw new Error(`no page of a transfer at home: ${student.page.url()}`)
    return transfer.state
  }

  /** The rows that the home university's own database got, oldest delivery first. */
  async rowsAt(story: Story): Promise<{ readonly deliveries: number; readonly items: readonly ImportedItem[] }> {
    const knex = openSqlite({ file: join(this.town.folder, `${story.home}.sqlite`), readOnly: true })
    try {
      const deliveries = await knex('emrex_import').where('person_key', numberAtHome(story)).pluck('delivery_id')
      const items = await knex('emrex_import_item')
        .whereIn('delivery_id', deliveries)
        .orderBy(['delivery_id', 'item_no'])
        .select('title', 'title_en', 'code', 'credits', 'grade')
      return { deliveries: deliveries.length, items: items as ImportedItem[] }
    } finally {
      await knex.destroy()
    }
  }

  private titleOf(id: Story['home']): string {
    return this.town.gateway.smps.find(({ flow }) => flow.entry.id === id)!.flow.entry.title
  }
}

export interface ImportedItem {
  readonly title: string
  readonly title_en: string | null
  readonly code: string | null
  readonly credits: string | null
  readonly grade: string | null
}

const numberAtHome = ({ student, home }: Story): string =>
  students.find(({ id }) => id === student)!.records.find(({ university }) => university === home)!.number

export const storyOf = (id: string): Story => stories.find((story) => story.id === id)!
