import { fileURLToPath } from 'node:url'
import { PlainBrowser } from '@emrex-gateway/testing'
import { carryToReview, loginName, staff, type Story, type UniversityId } from '@emrex-gateway/town'
import { parse, stringify } from 'yaml'
import type { TownUnderTest } from '../town-under-test.js'

const pluginFile = fileURLToPath(new URL('by-hand-plugin.ts', import.meta.url))

/** For `rewriteSettings`: nobody can write into the student systems of these universities. */
export const byHandAt =
  (...universities: readonly UniversityId[]) =>
  (yaml: string): string => {
    const settings = parse(yaml) as { systems: { id: UniversityId; plugin: string }[] }
    for (const system of settings.systems) if (universities.includes(system.id)) system.plugin = pluginFile
    return stringify(settings)
  }

/** Presses through a story up to its review, and hands the results to the staff. */
export async function handOver(under: TownUnderTest, story: Story): Promise<PlainBrowser> {
  const browser = await carryToReview(story, under.town.smpUrl(story.home))
  await browser.press('Hand these results to the staff')
  await browser.renewWhile('Your results are being handed over')
  return browser
}

/** The number that a student was told. */
export const numberOn = (browser: PlainBrowser): string => /as case (\d{8})\./.exec(browser.text)?.[1] ?? 'none'

/** A browser at the staff pages of a university, logged in as that member of its staff. */
export async function atStaffPages(under: TownUnderTest, university: UniversityId): Promise<PlainBrowser> {
  const browser = new PlainBrowser()
  await browser.open(under.town.smpUrl(university))
  await browser.press('For staff: open cases')
  await browser.press(loginName(staff.find(({ home }) => home === university)!.id))
  return browser
}

/** Follows the link of a case to its page. */
export async function openCase(browser: PlainBrowser, number: string): Promise<void> {
  const link = new RegExp(`href="([^"]+/cases/[^"]+)">Open case ${number}<`).exec(browser.page.html)?.[1]
  if (link === undefined) throw new Error(`no link to case ${number} on "${browser.heading}"`)
  await browser.open(link)
}

/** The addresses of the files on the page of a case, by name. */
export const filesOn = (browser: PlainBrowser): ReadonlyMap<string, string> =>
  new Map(
    [...browser.page.html.matchAll(/href="([^"]+\/files\/([^"]+))" download/g)].map(([, path, name]) => [
      name!,
      new URL(path!, browser.page.url).href,
    ]),
  )
