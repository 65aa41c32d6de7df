import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { createLog } from '@emrex-gateway/gateway'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { carryToReview, acceptButton, startTown, waitForImport, type Town } from '@emrex-gateway/town'
import { translator } from '@emrex-gateway/web'
import { jest } from '@jest/globals'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { atDoor, healthOf, samplesOf, sumOf, townWithOperations } from './town-with-operations.js'

jest.setTimeout(120_000)
const story = storyOf('ordinary')
const launcher = fileURLToPath(new URL('../../bin/emrex.mjs', import.meta.url))

describe('a gateway that is told to stop', () => {
  let under: TownUnderTest
  beforeAll(async () => {
    under = await townWithOperations()
  })
  afterAll(() => under.stop())

  it('is not ready and begins nothing new; a transfer that was begun goes on to its end', async () => {
    const browser = await carryToReview(story, under.town.smpUrl(story.home))
    const asked = await under.ask(story)
    under.town.drain()
    expect((await atDoor(under, '/health/ready')).status).toBe(503)
    expect((await fetch(new URL('/health/ready', under.town.smpUrl('x')))).status).toBe(503)
    expect((await fetch(new URL('/health/live', under.town.smpUrl('x')))).status).toBe(200)
    expect(await healthOf(under)).toMatchObject({ status: 'not ready', draining: true, store: { writable: true } })

    const begin = () => fetch(under.town.smpUrl(story.home), { method: 'POST', headers: { accept: 'text/html' } })
    const refused = await begin()
    expect([refused.status, Number(refused.headers.get('retry-after')) >= 10]).toEqual([503, true])
    expect(await refused.text()).toContain(translator('en')('problem.BUSY.title'))
    expect((await fetch(under.town.ncpUrl(story.ncp), { method: 'POST' })).status).toBe(503)
    expect(sumOf(await samplesOf(under, 'emrex_requests_refused_total'), 'why="draining"')).toBe(2)

    await under.answer(asked, { elmo: under.packed(under.elmoFor(story.student), story.ncp) })
    expect(asked.browser.heading).toBe('Your results have arrived')
    await browser.press(acceptButton)
    await waitForImport(browser)
    expect(await under.imports(story.home)).toHaveLength(1)
  })
})

describe('emrex serve', () => {
  let folder: string
  let town: Town
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'emrex-drain-'))
    town = await startTown({
      ...{ folder, port: 0, logLevel: 'info', log: createLog('silent') },
      rewriteSettings: (yaml) => `${yaml}\noperations: { admin: { port: 0 }, drainNoticeSeconds: 5 }\n`,
    })
    await town.stop()
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('takes new keys at SIGHUP; at SIGTERM it is not ready for a while, and then ends with 0', async () => {
    const child = spawn(process.execPath, [launcher, 'serve', '--settings', join(folder, 'settings.yaml')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const events: string[] = []
    const waiting = new Map<string, () => void>()
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { event } = JSON.parse(line) as { event: string }
      events.push(event)
      waiting.get(event)?.()
    })
    const said = (event: string) =>
      events.includes(event) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(event, resolve))
    try {
      await said('gateway.started')
      const origin = new URL(town.smpUrl('x')).origin
      const signer = await makeThrowawaySigner({ commonName: 'next' })
      writeFileSync(join(folder, 'poland.key.pem'), signer.privateKey)
      writeFileSync(join(folder, 'poland.pem'), signer.certificate)
      child.kill('SIGHUP')
      await said('keys.replaced')
      expect((await fetch(`${origin}/health/ready`)).status).toBe(200)
      // With all that it has said.
      const end = once(child, 'close') as Promise<[number | null, string | null]>
      child.kill('SIGTERM')
      await said('gateway.draining')
      expect((await fetch(`${origin}/health/ready`)).status).toBe(503)
      expect(await end).toEqual([0, null])
      expect(events.at(-1)).toBe('gateway.stopped')
      expect(readFileSync(join(folder, 'poland.pem'), 'utf8')).toBe(signer.certificate)
    } finally {
      child.kill('SIGKILL')
    }
  })
})
