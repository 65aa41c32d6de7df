import { PlainBrowser } from '@emrex-gateway/testing'
import { storyOf, TownUnderTest } from './town-under-test.js'

const ordinary = storyOf('ordinary')

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
}, 60_000)
afterAll(() => under.stop())

const boxesOf = (browser: PlainBrowser) => browser.forms.flatMap(({ boxes }) => boxes)
const ticked = (browser: PlainBrowser) => boxesOf(browser).map(({ checked }) => checked)

describe('the choice of results', () => {
  it('begins with everything, and stays as it was made when the student comes back to change it', async () => {
    const { browser } = await under.ask(ordinary)
    await browser.press('Ingrid')
    expect(ticked(browser)).toEqual([true, true, true])
    const [first] = boxesOf(browser)
    await browser.press({ button: 'Show what will be sent', untick: [first!.name] })
    await browser.press('Change my choice')
    expect(browser.heading).toBe('Choose your results')
    expect(ticked(browser)).toEqual([false, true, true])
  }, 60_000)

  it('of nothing is a mistake that the page explains, without ticking anything again', async () => {
    const { browser } = await under.ask(ordinary)
    await browser.press('Ingrid')
    await browser.press({ button: 'Show what will be sent', untick: boxesOf(browser).map(({ name }) => name) })
    expect(browser.text).toContain('Choose at least one result, or cancel.')
    expect(ticked(browser)).toEqual([false, false, false])
  }, 60_000)
})
