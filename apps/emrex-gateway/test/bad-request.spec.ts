import { translator } from '@emrex-gateway/web'
import { textOfHtml } from '@emrex-gateway/testing'
import { readWholeStore } from './read-whole-store.js'
import { TownUnderTest } from './town-under-test.js'
import { badNcpRequests } from './bad-input/bad-ncp-requests.js'
import { badOwnForms } from './bad-input/bad-own-forms.js'
import { badSmpRequests } from './bad-input/bad-smp-requests.js'
import { sendBadRequest, type BadRequest } from './bad-input/bad-request.js'
import { makeScene, type Scene } from './bad-input/scene.js'

const t = translator('en')
const named = (list: readonly BadRequest[]) => list.map((bad) => [bad.name, bad] as const)

let under: TownUnderTest
let scene: Scene
/** What store and student systems hold, as it was after the last request. */
let kept: string
const everythingKept = async () => `${(await readWholeStore(under.town)).rows} ${await under.importCount()} imports`
beforeAll(async () => {
  under = await TownUnderTest.start()
  scene = await makeScene(under)
  kept = await everythingKept()
}, 120_000)
afterAll(() => under.stop())

/** Nothing of it may be left anywhere, and the answer must be a page that helps. */
async function expectRefusal(bad: BadRequest): Promise<void> {
  const shown = await sendBadRequest(scene, bad, 'text/html')
  const html = await shown.text()
  expect([shown.status, textOfHtml(/<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? html)]).toEqual([
    bad.status,
    t(`problem.${bad.code}.title`),
  ])
  expect(textOfHtml(html)).toContain(t(`problem.${bad.code}.what`))
  expect(textOfHtml(html)).toContain(t(`problem.${bad.code}.next`))
  expect(shown.headers.getSetCookie()).toEqual([])
  expect(shown.headers.get('cache-control')).toBe('no-store')

  const told = await sendBadRequest(scene, bad, 'application/problem+json')
  expect(told.headers.get('content-type')).toBe('application/problem+json')
  expect(await told.json()).toMatchObject({ status: bad.status, code: bad.code, next: t(`problem.${bad.code}.next`) })

  const before = kept
  kept = await everythingKept()
  expect(kept).toBe(before)
}

describe('a bad request gets a clear page and changes nothing', () => {
  describe('at an NCP', () => {
    it.each(named(badNcpRequests))('%s', (_, bad) => expectRefusal(bad))
  })
  describe('at an SMP', () => {
    it.each(named(badSmpRequests))('%s', (_, bad) => expectRefusal(bad))
  })
  describe('at a transfer under way', () => {
    it.each(named(badOwnForms))('%s', (_, bad) => expectRefusal(bad))
  })
})
