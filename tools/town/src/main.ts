import { resolve } from 'node:path'
import { carryStory, loginName } from './carry-story.js'
import { startTown, type Town } from './start-town.js'
import { stories } from './stories.js'

/** `npm start`: the town, one transfer through both roles over its own HTTP, and the address to look around. */
export async function main(argv: readonly string[] = []): Promise<void> {
  const [folder = resolve('data/town')] = argv
  const town = await startTown({
    folder,
    port: Number(process.env['PORT'] ?? 8080),
    realLogins: true,
    otherSystems: true,
  })
  try {
    console.log(await firstTransfer(town))
  } catch (error) {
    await town.stop()
    throw error
  }
  console.log(`Look around: ${town.address}  (Ctrl+C ends the town)`)
  await new Promise<void>((end) => {
    process.once('SIGINT', () => end())
    process.once('SIGTERM', () => end())
  })
  await town.stop()
}

/** One student's results carried through both roles, told in one line. */
export async function firstTransfer(town: Town): Promise<string> {
  const story = stories[0]!
  const began = performance.now()
  const browser = await carryStory(story, town.smpUrl(story.home))
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  if (browser.heading === 'Your university has your results')
    return `First transfer: ${loginName(story.student)} (invented) carried results home in ${seconds} s: verified, matched and handed over.`
  throw new Error(
    `the first transfer ended on the page "${browser.heading}" (${browser.page.status}): ${browser.text.slice(0, 300)}`,
  )
}
