import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('gateway-process.mjs', import.meta.url))

/**
 * @typedef {object} Usage of the gateway's process
 * @property {number} cpuMs since its start
 * @property {number} rssBytes now
 * @property {number} peakBytes since its start
 * @property {Readonly<Record<string, { milliseconds: number, requests: number }>>} times server time by transfer, since
 *   the last question
 */

/**
 * Starts a town in a process of its own and in a folder that goes with it.
 *
 * @param {(folder: string) => Promise<void>} [prepare] fills the folder before the start
 * @returns {Promise<{ origin: string, folder: string, usage(): Promise<Usage>, stop(): Promise<void> }>}
 */
export async function startGatewayProcess(prepare = async () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-bench-'))
  await prepare(folder)
  const child = fork(program, [folder], { stdio: 'inherit' })
  const exit = once(child, 'exit')
  const ended = exit.then(() => Promise.reject(new Error('the process of the gateway ended')))
  // Who waits for an answer hears of it.
  ended.catch(() => {})
  const answer = async () => {
    const [message] = await Promise.race([once(child, 'message'), ended])
    return message
  }
  const { origin } = await answer()
  return {
    origin,
    folder,
    usage() {
      child.send('usage')
      return answer()
    },
    async stop() {
      if (child.connected) child.send('stop')
      await exit
      rmSync(folder, { recursive: true })
    },
  }
}
