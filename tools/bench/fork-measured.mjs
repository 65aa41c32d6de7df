import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * Starts a process that is measured. It sends one message when it is ready, answers `usage` with its usage, and ends at
 * `stop`.
 *
 * @param {URL} program
 * @param {readonly string[]} args
 * @returns {Promise<{ ready: any, usage(): Promise<import('./tell-usage.mjs').Usage>, stop(): Promise<void> }>}
 */
export async function forkMeasured(program, args) {
  const child = fork(fileURLToPath(program), [...args], { stdio: 'inherit' })
  const exit = once(child, 'exit')
  const ended = exit.then(() => Promise.reject(new Error('the process that is measured ended')))
  // Who waits for an answer hears of it.
  ended.catch(() => {})
  const answer = async () => {
    const [message] = await Promise.race([once(child, 'message'), ended])
    return message
  }
  const ready = await answer()
  return {
    ready,
    usage() {
      child.send('usage')
      return answer()
    },
    async stop() {
      if (child.connected) child.send('stop')
      await exit
    },
  }
}
