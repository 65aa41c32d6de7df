import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeWith, until } from '@emrex-gateway/testing'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import {
  Button,
  OwnForm,
  problemPage,
  readForm,
  renderPage,
  ResultTable,
  sendAction,
  sendPage,
  translator,
} from '../src/index.js'
import { assetOf, isAssetName } from '../src/server/assets.js'
import { onLoopback } from './on-loopback.js'
import { samplePage } from './sample-pages.js'

const frame = { site: { name: 'Example University', home: '/' }, language: 'en' }
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** For pages that post themselves before they are loaded; the driver would wait for ever. */
const leavesAtOnce = { waitUntil: 'commit' } as const

/** Each of them has made a page wider than its window. */
const wideResults = [
  { title: 'Bioinformatikgrundlagenvertiefungsseminar', code: 'W1', credits: '5 ECTS', grade: 'bestanden' },
  { title: 'Elective', code: '4010-IM1-PP-2024-25-ERASMUS', credits: '5 ECTS', grade: 'B' },
  { title: 'Physics', code: 'FYS-1001', credits: '10 Norwegian study points (studiepoeng)', grade: 'Bestått / Passed' },
].map((row) => ({ ...row, key: row.title, date: '2025-01-20', status: 'In progress' }))

/** A tiny site of our own pages; `received` holds the fields of every form that was posted. */
function site(received: string[][][]) {
  const routes: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
    '/sample': (response) => sendPage(response, samplePage(frame)),
    '/problem': (response) => sendPage(response, problemPage('ID_MISMATCH', frame, { reference: '0a1b2c' })),
    '/choice': (response) =>
      sendAction(
        response,
        {
          kind: 'choice',
          url: '/here',
          title: 'Where did you study?',
          field: 'place',
          fields: { kept: 'yes' },
          options: ['Malmö', 'Lund', 'Gävle', 'Åbo', 'Oulu', 'Tromsø', 'Split', 'Łódź', 'Gent'].map((label) => ({
            value: label.toLowerCase(),
            label,
          })),
        },
        frame,
      ),
    '/hand-off': (response) =>
      sendAction(response, { kind: 'post', url: '/here', fields: { submit: 'a field of this name', a: '1' } }, frame),
    '/elsewhere-only': (response) =>
      sendAction(
        response,
        { kind: 'post', url: '/here', fields: { a: '1' }, formOrigins: ['https://smp.example'] },
        frame,
      ),
    '/slow-hand-off': (response) => sendAction(response, { kind: 'post', url: '/stay', fields: { a: '1' } }, frame),
    '/results': (response) =>
      sendPage(response, {
        ...problemPage('COMPLETED', frame),
        body: ResultTable({ t: translator('en'), caption: 'Example University', rows: wideResults }),
      }),
    '/own-form': (response) =>
      sendPage(response, {
        ...{ ...frame, title: 'To be sent', status: 200, formAction: { kind: 'self' } },
        body: OwnForm({ action: '/stay', token: 'x', children: Button({ children: 'Send' }) }),
      }),
    '/renewing': (response) =>
      sendPage(response, {
        ...{ ...frame, title: 'Reading', status: 200, formAction: { kind: 'self' }, refreshSeconds: 1 },
        body: OwnForm({ action: '/late', token: 'x', children: Button({ children: 'Stop' }) }),
      }),
    '/slow-renewing': (response) =>
      void setTimeout(() => {
        received.push([])
        const title = received.length < 2 ? 'Reading' : 'Read'
        sendPage(response, { ...problemPage('COMPLETED', frame), title, refreshSeconds: 1 })
      }, 3500),
    // Later than the page before renews itself.
    '/late': (response) => void setTimeout(() => sendPage(response, problemPage('USER_CANCEL', frame)), 2500),
    '/stay': (response, request) =>
      void readForm(request, { maxBytes: 1000 }).then((form) => {
        received.push([...form])
        response.writeHead(204).end()
      }),
    '/here': (response, request) =>
      void readForm(request, { maxBytes: 1000 }).then((form) => {
        received.push([...form])
        // Slow enough for a second press.
        setTimeout(() => response.end(renderPage(problemPage('COMPLETED', frame))), 300)
      }),
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(request.url ?? '', 'http://here')
    const asset = pathname.replace('/assets/', '')
    if (isAssetName(asset)) {
      response.setHeader('Content-Type', assetOf(asset).contentType)
      response.end(assetOf(asset).bytes)
    } else routes[pathname]?.(response, request)
  }
}

describeWith(describe, 'chromium', 'pages in a real browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
  }, 60_000)
  afterAll(() => browser.close())

  const open = (
    path: string,
    { waitUntil = 'load', ...options }: BrowserContextOptions & { waitUntil?: 'load' | 'commit' },
    use: (page: Page, received: string[][][]) => Promise<void>,
  ): Promise<void> => {
    const received: string[][][] = []
    return onLoopback(site(received), async (origin) => {
      const context = await browser.newContext({ baseURL: origin, ...options })
      const page = await context.newPage()
      await page.goto(path, { waitUntil })
      await use(page, received)
      await context.close()
    })
  }

  const looks = ['light', 'dark'].flatMap((colorScheme) =>
    ['/sample', '/choice', '/problem'].map((path) => [path, colorScheme as 'light' | 'dark'] as const),
  )

  it.each(looks)(
    'have no accessibility violation that axe can find: %s, %s',
    (path, colorScheme) =>
      open(path, { colorScheme }, async (page) => {
        const violations = await page.evaluate(`${axeSource}; axe.run(document, { runOnly:
          ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' | ')))`)
        expect(violations).toEqual([])
      }),
    30_000,
  )

  it.each(['/sample', '/choice', '/problem'])('fit a screen of 320 pixels: %s', (path) =>
    open(path, { viewport: { width: 320, height: 640 } }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    }),
  )

  it('are as wide as their window, whatever results they show', () =>
    open('/results', {}, async (page) => {
      for (const width of [320, 360, 640, 641, 683, 768, 769, 900, 1200]) {
        await page.setViewportSize({ width, height: 800 })
        expect([width, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([width, width])
      }
    }))

  it.each(['/sample', '/choice'])('have no target smaller than 44 pixels, links in a text apart: %s', (path) =>
    open(path, { viewport: { width: 320, height: 640 } }, async (page) => {
      const small = await page.evaluate(`[...document.querySelectorAll('button, .button, input:not([type=hidden])')]
        .filter((each) => each.getBoundingClientRect().height < 44).map((each) => each.outerHTML)`)
      expect(small).toEqual([])
    }),
  )

  it('load nothing that their policy forbids', () =>
    open('/choice', {}, async (page) => {
      const complaints: string[] = []
      page.on('console', (message) => void complaints.push(message.text()))
      await page.reload({ waitUntil: 'networkidle' })
      expect(complaints).toEqual([])
    }))

  it('focus the title after navigation, and the summary of errors before it', async () => {
    await open('/problem', {}, async (page) => {
      expect(await page.evaluate('document.activeElement.tagName')).toBe('H1')
    })
    await open('/sample', {}, async (page) => {
      expect(await page.evaluate('document.activeElement.className')).toBe('error-summary')
    })
  })

  it('hand over by themselves, also when a field is called "submit", and are not met again on the way back', () =>
    open('/problem', {}, async (page, received) => {
      await page.goto('/hand-off')
      await page.waitForURL('**/here')
      expect(received).toEqual([
        [
          ['submit', 'a field of this name'],
          ['a', '1'],
        ],
      ])
      await page.goBack()
      await page.waitForURL('**/problem')
      expect(received).toHaveLength(1)
    }))

  it('hand over by themselves once: after a reload the person decides', () =>
    open('/problem', {}, async (page, received) => {
      // The answer, 204, ends the navigation to it, and a reload that is begun before with it.
      const stayed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/stay'))
      await page.goto('/slow-hand-off', { waitUntil: 'commit' })
      await stayed
      expect(received).toHaveLength(1)
      await page.reload({ waitUntil: 'commit' })
      await page.waitForFunction('document.readyState === "complete"')
      await page.waitForTimeout(300)
      expect(received).toHaveLength(1)
      await page.getByRole('button', { name: 'Continue' }).click()
      await until(() => received.length > 1)
    }))

  it('hand over by a button where scripts are off', () =>
    open('/hand-off', { javaScriptEnabled: false }, async (page, received) => {
      expect(received).toHaveLength(0)
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.waitForURL('**/here')
      expect(received).toHaveLength(1)
    }))

  it('hand over nothing to another place than the policy names', () =>
    open('/elsewhere-only', leavesAtOnce, async (page, received) => {
      const stopped: string[] = []
      page.on('console', (message) => void stopped.push(message.text()))
      await page.getByRole('button', { name: 'Continue' }).waitFor()
      await page.waitForTimeout(300)
      await page.evaluate(`document.querySelector('button').click()`)
      await until(() => stopped.some((text) => text.includes('form-action')))
      expect(received).toEqual([])
    }))

  it.each([true, false])('send the pressed button of a choice (script: %s)', (javaScriptEnabled) =>
    open('/choice', { javaScriptEnabled }, async (page, received) => {
      expect(await page.getByRole('searchbox').isVisible()).toBe(javaScriptEnabled)
      await page.getByRole('button', { name: 'Lund' }).click()
      await page.waitForURL('**/here')
      expect(received).toEqual([
        [
          ['kept', 'yes'],
          ['place', 'lund'],
        ],
      ])
    }),
  )

  it('send a form once, however often its button is pressed', () =>
    open('/choice', {}, async (page, received) => {
      await page.evaluate(`for (let press = 0; press < 3; press++)
        setTimeout(() => document.querySelector('.choice').click(), press * 50)`)
      await page.waitForURL('**/here')
      expect(received).toHaveLength(1)
    }))

  it('let a button be pressed again after a while, where the person stopped the next page on its way', () =>
    open('/own-form', {}, async (page, received) => {
      await page.clock.install()
      // An answer without a page leaves the person here, as Escape does.
      const button = page.getByRole('button', { name: 'Send' })
      await button.click({ noWaitAfter: true })
      await until(() => received.length > 0)
      await page.waitForFunction(`document.querySelector('button').disabled`)
      await page.clock.fastForward(60_000)
      expect(await button.isDisabled()).toBe(false)
      await button.click({ noWaitAfter: true })
      await until(() => received.length > 1)
    }))

  it('renew themselves until something is pressed: on a slow line the press would be taken back', () =>
    open('/renewing', {}, async (page) => {
      await page.waitForEvent('load')
      await page.getByRole('button', { name: 'Stop' }).click({ noWaitAfter: true })
      await page.waitForEvent('load')
      expect(await page.locator('h1').textContent()).toBe('You cancelled')
    }))

  it(
    'renew themselves also where an answer takes longer than the time between two renewals',
    () =>
      open('/slow-renewing', {}, async (page) => {
        const takenBack: string[] = []
        page.on('requestfailed', (request) => void takenBack.push(request.url()))
        await page.getByRole('heading', { level: 1, name: 'Read', exact: true }).waitFor()
        expect(takenBack).toEqual([])
      }),
    30_000,
  )

  it('narrow a list while one types, without regard to accents, and say how much is left', () =>
    open('/choice', {}, async (page, received) => {
      await page.getByRole('searchbox').fill('gav')
      expect(await page.locator('.choice:visible').allTextContents()).toEqual(['Gävle'])
      expect(await page.getByRole('status').textContent()).toBe('1 of 9 shown')
      for (const [typed, found] of [
        ['lodz', 'Łódź'],
        ['TROMSO', 'Tromsø'],
      ] as const) {
        await page.getByRole('searchbox').fill(typed)
        expect(await page.locator('.choice:visible').allTextContents()).toEqual([found])
      }
      await page.getByRole('searchbox').press('Enter')
      await page.waitForTimeout(100)
      expect(received).toEqual([])
    }))
})
