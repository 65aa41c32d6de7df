import { join } from 'node:path'
import { defaults, spanOfYear, tableJson, type ReasonCode } from '@emrex-gateway/core'
import { describeWith } from '@emrex-gateway/testing'
import { loginName } from '@emrex-gateway/town'
import type { Page } from 'playwright-core'
import { main } from '../../src/cli/emrex.js'
import type { Student } from './student.js'
import { storyOf, TownInBrowser } from './town-in-browser.js'
import { violationsOf } from './violations-of.js'

const minuteMs = 60_000
const looks = [
  { name: 'wide', viewport: { width: 1200, height: 800 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
] as const
const pictures = process.env['EMREX_PICTURES']

/** Ends of a busy month, as an NCP and its partners could see them. */
const ends: readonly (readonly [ReasonCode, string, number])[] = [
  ['COMPLETED', 'previewed', 60],
  ['NO_RESULTS', 'identified', 14],
  ['USER_CANCEL', 'fetched', 9],
  ['USER_GONE', 'login', 6],
  ['LOGIN_FAILED', 'login', 3],
  ['SIS_DOWN', 'identified', 2],
]
const receivers = ['https://admission.example.no', 'https://recruitment.example.com', 'other']

describeWith(describe, 'chromium', 'the figures for staff', () => {
  let town: TownInBrowser
  let staff: Student
  beforeAll(async () => {
    town = await TownInBrowser.start()
    await writeMonth(town)
    staff = await town.student()
    await staff.page.goto(town.town.smpUrl('nordfjord'))
    await staff.press('For staff')
    await staff.press(loginName('staff-nordfjord'))
    await staff.sees('Cases that need a decision')
    await staff.follow('Statistics')
  }, 2 * minuteMs)
  afterAll(() => town.stop(), minuteMs)

  it(
    'count a whole transfer at both of its ends, and one that is under way',
    async () => {
      const student = await town.student()
      await town.walk(student, storyOf('ordinary'), 'end')
      const other = await town.student()
      await town.walk(other, storyOf('ordinary'), 'choose')
      await other.press('Stop here')
      await other.sees('You cancelled')
      const { home, ncp } = storyOf('ordinary')
      const counts = await town.town.gateway.store.statistics.counts({ from: 0, to: Date.now() + minuteMs })
      const short = counts.filter(
        ({ stage, entry }) => [home as string, ncp].includes(entry) && !stage.startsWith('seeded'),
      )
      const smp = short.filter(({ kind, entry }) => kind === 'smp' && entry === home)
      expect(smp.map(({ code, stage, country, language, count }) => [code, stage, country, language, count])).toEqual(
        expect.arrayContaining([
          ['USER_CANCEL', 'identified', '', 'en', 1],
          ['COMPLETED', 'decided', expect.stringMatching(/^[A-Z]{2}$/), 'en', 1],
        ]),
      )
      expect(
        short.filter(({ kind, entry, code }) => kind === 'ncp' && entry === ncp && code === 'COMPLETED'),
      ).toContainEqual(
        expect.objectContaining({ partner: new URL(town.town.smpUrl(home)).origin, stage: 'previewed', count: 1 }),
      )
    },
    2 * minuteMs,
  )

  it.each(looks)(
    'have nothing that axe finds, and fit the window, in light and dark: $name',
    async ({ name, viewport }) => {
      const { page } = staff
      await page.setViewportSize(viewport)
      await page.goto(figuresOf(page, 'ncp/norway'))
      await page.evaluate(`document.querySelectorAll('details').forEach((each) => { each.open = true })`)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await violationsOf(page)).toEqual([])
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(viewport.width)
        if (pictures !== undefined)
          await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`), fullPage: true })
      }
    },
    minuteMs,
  )

  it(
    'are the same on the page, in both files, and on the command line',
    async () => {
      const { page } = staff
      const year = new Date().getUTCFullYear()
      await page.goto(figuresOf(page, 'ncp/norway', year))
      for (const [by, named] of [
        ['partner', 'return-address'],
        ['country', 'country'],
        ['reason', 'reason'],
      ] as const) {
        const shown = await figuresIn(page, by)
        const csv = (await fileText(page, by, 'csv')).trimEnd().split('\r\n')
        const json = JSON.parse(await fileText(page, by, 'json')) as ReturnType<typeof tableJson>
        const ofCsv = csv.slice(1).map((line) => line.split(',').slice(1).map(Number))
        const ofJson = [...json.rows, json.total].map((row) =>
          Object.values(row).filter((value) => typeof value === 'number'),
        )
        expect(byRow(ofCsv)).toEqual(byRow(shown))
        expect(ofJson).toEqual(ofCsv)
        const wish = ['--role', 'ncp', '--entry', 'norway', '--year', `${year}`, '--by', named]
        expect(await said(town, [...wish, '--csv'])).toBe(`${csv.join('\r\n')}\r\n`)
        expect(JSON.parse(await said(town, [...wish, '--json']))).toEqual(json)
        const text = await said(town, wish)
        expect(text.trimEnd().split('\n').at(-1)!.split(/\s+/).slice(1).map(Number)).toEqual(ofCsv.at(-1))
      }
    },
    minuteMs,
  )

  it('are the same before and after they were added up', async () => {
    const { statistics } = town.town.gateway.store
    const year = spanOfYear(new Date().getUTCFullYear())
    const before = await statistics.counts(year)
    while ((await statistics.rollUp()) > 0);
    expect(await statistics.counts(year)).toEqual(before)
  })

  it('are refused on the command line for an entry that is not there, in place of a table of zeros', async () => {
    expect(await said(town, ['--role', 'ncp', '--entry', 'norwegen', '--csv'], 2)).toBe('')
  })

  it('are for staff, of their own entry and of the NCPs that the settings name', async () => {
    const { page } = staff
    const status = async (url: string) => (await page.goto(url))!.status()
    expect(await status(figuresOf(page, 'smp/nordfjord'))).toBe(200)
    // One university may do both, under one title.
    const entries = page.getByRole('navigation', { name: 'Entry' })
    expect(await entries.locator('[aria-current]').allTextContents()).toEqual([
      expect.stringMatching(/^University of Nordfjordvik, results fetched$/),
    ])
    expect(await entries.getByRole('link').allTextContents()).toEqual([expect.stringMatching(/, results given$/)])
    expect(await status(figuresOf(page, 'ncp/poland'))).toBe(404)
    const stranger = await town.student()
    const answer = await stranger.page.goto(figuresUrl)
    expect(answer!.status()).toBe(403)
  })

  it('are not published before the year is over, nor in part', async () => {
    await said(town, ['--role', 'ncp', '--publish'], 1)
    await said(town, ['--role', 'ncp', '--publish', '--entry', 'norway'], 2)
    await said(town, ['--role', 'ncp', '--publish', '--by', 'hour'], 2)
    const last = await said(town, ['--role', 'ncp', '--publish', '--year', '2024', '--csv'])
    expect(last).toBe('country,connections,success,no-results,stopped,error,under-way\r\ntotal,0,0,0,0,0,0\r\n')
    expect(defaults.publishedCountMin).toBe(5)
  })

  let figuresUrl = ''
  /** The page of an entry, in the session of the open page. */
  function figuresOf(page: Page, of: string, year?: number): string {
    if (figuresUrl === '') figuresUrl = page.url().split('?')[0]!
    return `${figuresUrl}?of=${of}${year === undefined ? '' : `&year=${year}`}`
  }
})

/** A month of transfers at one NCP, each counted as a flow counts it. */
async function writeMonth(town: TownInBrowser): Promise<void> {
  const transfers = town.town.gateway.store.transfers<{ readonly state: string }>('ncp')
  let number = 0
  for (const [code, stage, many] of ends)
    for (let each = 0; each < many; each++) {
      const partner = receivers[number++ % 4 === 0 ? 1 : number % 7 === 0 ? 2 : 0]!
      const counted = { country: 'NO', partner, language: 'en' }
      const fields = { entry: 'norway', state: { state: 'ended' }, browser: 'b', expiresAt: Date.now() + 60 * minuteMs }
      const begun = await transfers.create(fields, { counted })
      await transfers.save(begun, { state: { state: 'ended' } }, { counted: { code, stage } })
    }
}

async function figuresIn(page: Page, by: string): Promise<number[][]> {
  const rows = await page.evaluate<number[][]>(
    `[...document.querySelectorAll('section#figures-${by} :is(tbody, tfoot) tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent.replace(/\\D/g, ''))))`,
  )
  expect(rows.length).toBeGreaterThan(1)
  return rows
}

async function fileText(page: Page, by: string, type: string): Promise<string> {
  const href = await page.locator(`section#figures-${by} a[href*=".${type}?"]`).getAttribute('href')
  const answer = await page.context().request.get(new URL(href!, page.url()).href)
  expect(answer.headers()['content-disposition']).toContain(`statistics-${by}.${type}`)
  return answer.text()
}

/** The rows in an order of their own: the page has the largest first. */
const byRow = (rows: readonly (readonly number[])[]): string[] => rows.map((row) => row.join(' ')).sort()

/** What `emrex statistics` writes. */
async function said(town: TownInBrowser, options: readonly string[], exitCode = 0): Promise<string> {
  const texts: string[] = []
  const [out, error] = [process.stdout.write, process.stderr.write]
  const before = process.exitCode
  process.stdout.write = ((text: string) => texts.push(text) > 0) as typeof process.stdout.write
  process.stderr.write = (() => true) as typeof process.stderr.write
  try {
    await main(['node', 'emrex', 'statistics', join(town.town.folder, 'settings.yaml'), ...options])
    expect(process.exitCode).toBe(exitCode)
  } finally {
    process.stdout.write = out
    process.stderr.write = error
    process.exitCode = before
  }
  return texts.join('')
}
