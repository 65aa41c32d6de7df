import { medianOf, mebibytes } from '../figures.mjs'
import { withCollecting, withSystems } from './with-systems.mjs'

/** Long enough for whatever is measured here; how long people wait is another matter (many-sources.mjs). */
export const patienceSeconds = 600

export const transcriptHead = [
  'a transcript',
  ...['cold, ms', 'questions', 'warm, ms', 'questions', 'our CPU, ms'],
  ...['at once, s', 'per transcript, ms', 'our CPU, ms', 'memory'],
]

/**
 * One transcript, from a connection that was just made and from one that has answered before, and many at once.
 *
 * @param {string} system
 * @param {{ courses: number, atOnce: number, rounds: number }} sizes
 */
export const measureTranscripts = (system, { courses, atOnce, rounds }) =>
  withSystems(async (systems) => {
    const { settings, people } = await systems.ask({ ask: 'start', system, courses: [courses], attachmentBytes: 0 })
    const [person] = people
    return withCollecting(async (gateway) => {
      const open = () => gateway.ask({ ask: 'open', sources: [{ plugin: system, settings }] })
      const collect = async (count = 1) => {
        const before = await systems.ask({ ask: 'requests' })
        const question = { person, atOnce: count, deadlineSeconds: patienceSeconds }
        /** @type {import('./start-processes.mjs').CollectAnswer} */
        const answer = await gateway.ask({ ask: 'collect', ...question })
        return { ...answer, requests: (await systems.ask({ ask: 'requests' })) - before }
      }
      // The code gets warm, which is another thing than what a connection remembers.
      await open()
      for (let count = 0; count < 5; count++) await collect()
      const [cold, warm, many] = [[], [], []].map(() => /** @type {Awaited<ReturnType<typeof collect>>[]} */ ([]))
      const peaks = []
      for (let round = 0; round < rounds; round++) {
        await open()
        cold?.push(await collect())
        warm?.push(await collect())
        const [before] = await gateway.ask({ ask: 'memory' })
        many?.push(await collect(atOnce))
        peaks.push((await gateway.ask({ ask: 'memory' }))[1] - before)
      }
      const median = (
        /** @type {typeof cold} */ all = [],
        /** @type {'milliseconds' | 'cpuMs'} */ what,
        parts = 1,
        digits = 0,
      ) =>
        medianOf(
          all.map((one) => one[what] / parts),
          digits,
        )
      return [
        system,
        median(cold, 'milliseconds'),
        String(cold?.[0]?.requests),
        median(warm, 'milliseconds'),
        String(warm?.[0]?.requests),
        median(warm, 'cpuMs'),
        median(many, 'milliseconds', 1000, 1),
        median(many, 'milliseconds', atOnce),
        median(many, 'cpuMs', atOnce),
        mebibytes(Math.max(...peaks)),
      ]
    })
  })
