import { medianOf, percentile, verdict } from '../figures.mjs'
import { patienceSeconds } from './transcripts.mjs'
import { withCollecting, withSystems } from './with-systems.mjs'

const limitMiB = 150
const smallRecord = 3

export const extremeHead = ['the largest record', 'courses', 'attachments, MB', 'document, MB', 's', 'memory, MiB', '']

/**
 * The memory that the largest record takes: the largest resident set of a fresh process while it is collected and written,
 * less that of the same process after it has written a few small ones.
 *
 * @param {string} system
 * @param {{ courses: number, attachmentBytes: number, rounds: number }} sizes
 */
export const measureExtreme = (system, { courses, attachmentBytes, rounds }) =>
  withSystems(async (systems) => {
    const order = { ask: /** @type {const} */ ('start'), system, courses: [smallRecord, courses], attachmentBytes }
    const { settings, people } = await systems.ask(order)
    const [small, large] = people
    /** @type {number[]} */
    const grown = []
    /** @type {number[]} */
    const seconds = []
    let documentBytes = 0
    for (let round = 0; round < rounds; round++) {
      await withCollecting(async (gateway) => {
        const collect = (/** @type {import('./start-processes.mjs').Person} */ person) =>
          gateway.ask({ ask: 'collect', person, atOnce: 1, deadlineSeconds: patienceSeconds })
        await gateway.ask({ ask: 'open', sources: [{ plugin: system, settings }] })
        for (let count = 0; count < 5; count++) await collect(small)
        const [before] = await gateway.ask({ ask: 'memory' })
        /** @type {import('./start-processes.mjs').CollectAnswer} */
        const { milliseconds, bytes } = await collect(large)
        grown.push(((await gateway.ask({ ask: 'memory' }))[1] - before) / 1048576)
        seconds.push(milliseconds / 1000)
        documentBytes = bytes
      })
    }
    return [
      system,
      String(courses),
      String(attachmentBytes / 1e6),
      (documentBytes / 1e6).toFixed(1),
      medianOf(seconds),
      medianOf(grown, 0),
      verdict(percentile(grown, 0.5) < limitMiB, `< ${limitMiB}`),
    ]
  })
