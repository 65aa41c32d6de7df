import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Somebody of a stand-in, as the collecting process needs them.
 *
 * @typedef {object} Person
 * @property {number} courses
 * @property {import('@emrex-gateway/core').Identity} identity
 * @property {string} [button] what they press to give their leave
 */

/**
 * @typedef {{ ask: 'start', system: string, courses: readonly number[], attachmentBytes: number, scenario?: string }
 *   | { ask: 'requests' }} SystemQuestion
 * @typedef {{ settings: object, people: readonly Person[] }} SystemAnswer
 */

/**
 * `open` connects the plugin anew, `collect` writes transcripts of one person, so many at once.
 *
 * @typedef {{ ask: 'open', sources: readonly { plugin: string, settings: object }[] }
 *   | { ask: 'collect', person: Person, atOnce: number, deadlineSeconds: number }
 *   | { ask: 'memory' }} CollectQuestion
 * @typedef {object} CollectAnswer
 * @property {number} milliseconds until all are written
 * @property {number} cpuMs of this process
 * @property {number} bytes of a signed document
 * @property {number} reports
 * @property {readonly string[]} gaps what happened at places that could not be read
 */

/**
 * A process that answers one question after the other.
 *
 * @template Question
 * @typedef {{ ask: (question: Question) => Promise<any>, stop: () => Promise<void> }} Started
 */

/** @param {string} folder @returns {Started<SystemQuestion>} */
export const startSystems = (folder) => start('system-process.mjs', [folder], [])

/** @returns {Started<CollectQuestion>} */
export const startCollecting = () => start('collect-process.mjs', [], ['--expose-gc'])

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {readonly string[]} execArgv
 */
function start(program, args, execArgv) {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), [...args], { execArgv: [...execArgv] })
  const exit = once(child, 'exit')
  const ended = exit.then(() => Promise.reject(new Error(`${program} ended`)))
  ended.catch(() => {})
  return {
    ask: async (/** @type {any} */ question) => {
      child.send(question)
      const [{ value, error }] = await Promise.race([once(child, 'message'), ended])
      if (error !== undefined) throw new Error(error)
      return value
    },
    stop: async () => {
      if (child.connected) child.disconnect()
      await exit
    },
  }
}
