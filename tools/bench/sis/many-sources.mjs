import { medianOf } from '../figures.mjs'
import { withCollecting, withSystems } from './with-systems.mjs'

/** How the sources that are not well behave, as the stand-ins call it. */
const ill = ['slow', 'slow', 'slow', 'failing', 'failing', 'credential-refused']
const courses = 10

export const manySourcesHead = ['many sources', 's', 'reports', 'gaps']

/**
 * One person at many places at once, where all are well, and where some are not. The person waits no longer than the
 * deadline.
 *
 * @param {{ places: number, deadlineSeconds: number, rounds: number }} sizes
 */
export const measureManySources = ({ places, deadlineSeconds, rounds }) =>
  withSystems(async (systems) => {
    /** @type {{ plugin: string, settings: object }[]} */
    const sources = []
    /** @type {import('./start-processes.mjs').Person | undefined} */
    let person
    for (let place = 0; place < places; place++) {
      const scenario = ill[place]
      const order = { ask: /** @type {const} */ ('start'), system: 'rest', courses: [courses], attachmentBytes: 0 }
      const started = await systems.ask({ ...order, ...(scenario === undefined ? {} : { scenario }) })
      sources.push({ plugin: 'rest', settings: started.settings })
      person ??= started.people[0]
    }
    const well = sources.slice(ill.length)
    return withCollecting(async (gateway) => {
      const rows = []
      for (const [name, chosen] of /** @type {const} */ ([
        [`${well.length} that are well`, well],
        [`${places}, of which 3 are slow, 2 fail and 1 refuses us`, sources],
        [`the same without the slow ones`, sources.slice(3)],
      ])) {
        const seconds = []
        let last = { reports: 0, gaps: /** @type {readonly string[]} */ ([]) }
        // The first one warms up.
        for (let round = 0; round <= rounds; round++) {
          // What is left alone since the last time would be asked for nothing.
          await gateway.ask({ ask: 'open', sources: chosen })
          const question = { person: /** @type {NonNullable<typeof person>} */ (person), atOnce: 1, deadlineSeconds }
          const answer = await gateway.ask({ ask: 'collect', ...question })
          if (round > 0) seconds.push(answer.milliseconds / 1000)
          last = answer
        }
        if (last.reports !== well.length) throw new Error(`${last.reports} reports instead of ${well.length}`)
        rows.push([name, medianOf(seconds, 2), String(last.reports), last.gaps.join(' ')])
      }
      return rows
    })
  })
