import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const libraryProgram = fileURLToPath(new URL('library-process.mjs', import.meta.url))

/**
 * 'receive' (unpack, verify, validate and read), 'receive-unread' (the same without reading: the JDK alone), 'send' (write
 * and sign), or 'pack' (write, sign and pack).
 *
 * @typedef {'receive' | 'receive-unread' | 'send' | 'pack'} Operation
 */

/**
 * An engine in a process of its own.
 *
 * @typedef {object} StartedEngine
 * @property {number} readyMs what it says itself: from its first line to being ready
 * @property {(operation: Operation, document: string, milliseconds: number) => Promise<number>} run the median of the
 *   runs of so long, at least one
 * @property {(operation: Operation, document: string) => Promise<unknown>} load
 * @property {() => Promise<{ now: number, peak: number }>} memory resident bytes; the peak is that since the last question
 * @property {() => Promise<void>} stop
 */

/** Starts our library with an engine. @param {string} folder @param {import('./our-operations.mjs').Engine} engine */
export const startLibrary = (folder, engine) =>
  startEngine(process.execPath, ['--expose-gc', libraryProgram, folder, engine])

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<StartedEngine>}
 */
export async function startEngine(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async () => {
    const { value, done } = await lines.next()
    if (done || String(value).startsWith('failed')) throw new Error(done ? `${command} ended` : String(value))
    return String(value).split(' ')
  }
  const ask = (/** @type {string} */ question) => {
    child.stdin.write(`${question}\n`)
    return answer()
  }
  const [, readyMs] = await answer()
  return {
    readyMs: Number(readyMs),
    run: async (...question) => Number((await ask(`run ${question.join(' ')}`))[0]),
    load: (...question) => ask(`load ${question.join(' ')}`),
    memory: async () => {
      const [now, peak] = await ask('memory')
      return { now: Number(now), peak: Number(peak) }
    },
    stop: async () => {
      child.stdin.end()
      await exit
    },
  }
}
