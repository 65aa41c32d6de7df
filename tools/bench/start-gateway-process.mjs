import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { forkMeasured } from './fork-measured.mjs'

const program = new URL('gateway-process.mjs', import.meta.url)

/**
 * Starts a town in a process of its own and in a folder that goes with it.
 *
 * @param {(folder: string) => Promise<void>} [prepare] fills the folder before the start
 * @returns {Promise<{
 *   origin: string
 *   folder: string
 *   usage(): Promise<import('./tell-usage.mjs').Usage>
 *   stop(): Promise<void>
 * }>}
 */
export async function startGatewayProcess(prepare = async () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-bench-'))
  await prepare(folder)
  const { ready, usage, stop } = await forkMeasured(program, [folder])
  return {
    origin: ready.origin,
    folder,
    usage,
    async stop() {
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}
