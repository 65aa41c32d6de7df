import { AsyncLocalStorage } from 'node:async_hooks'
import { carryStory } from '@emrex-gateway/town'
import { transferHeader } from './tell-usage.mjs'

/** The number of the transfer that a request belongs to travels with it. @type {AsyncLocalStorage<string>} */
const transfer = new AsyncLocalStorage()
const plainFetch = globalThis.fetch
globalThis.fetch = (/** @type {Parameters<typeof fetch>} */ ...[input, init]) => {
  const headers = new Headers(init?.headers)
  headers.set(transferHeader, transfer.getStore() ?? 'none')
  return plainFetch(input, { ...init, headers })
}

let carried = 0

/**
 * Carries one whole transfer, whose requests bear its number.
 *
 * @param {import('@emrex-gateway/town').Story} story
 * @param {string} smpUrl
 */
export const carryNumbered = (story, smpUrl) =>
  transfer.run(String(++carried), async () => {
    const browser = await carryStory(story, smpUrl)
    if (browser.heading === 'Your university has your results') return
    throw new Error(`the transfer of "${story.id}" ended on the page "${browser.heading}" (${browser.page.status})`)
  })
