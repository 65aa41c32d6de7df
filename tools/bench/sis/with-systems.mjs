import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCollecting, startSystems } from './start-processes.mjs'

/**
 * Does something with a process of stand-ins, which then ends.
 *
 * @template Result
 * @param {(systems: ReturnType<typeof startSystems>) => Promise<Result>} work
 */
export async function withSystems(work) {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-bench-'))
  const systems = startSystems(folder)
  try {
    return await work(systems)
  } finally {
    await systems.stop()
    rmSync(folder, { recursive: true })
  }
}

/**
 * The same with a process that collects.
 *
 * @template Result
 * @param {(gateway: ReturnType<typeof startCollecting>) => Promise<Result>} work
 */
export async function withCollecting(work) {
  const gateway = startCollecting()
  try {
    return await work(gateway)
  } finally {
    await gateway.stop()
  }
}
