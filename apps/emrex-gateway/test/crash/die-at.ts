import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { DeliveryPoint } from '@emrex-gateway/smp'
import type { Story } from '@emrex-gateway/town'

/** Where a process is killed: right after the decision, or at a named point of its delivery. */
export type DeathPoint = 'decided' | DeliveryPoint

export interface Death {
  readonly signal: string | null
  /** The transfer whose import was decided last. */
  readonly transferId: string
  /** What the process complained about; empty when it died as it should. */
  readonly complaint: string
}

const program = fileURLToPath(new URL('gateway-that-dies.mjs', import.meta.url))

/** Runs a whole gateway in that folder until it dies. */
export async function dieAt(folder: string, point: DeathPoint, story: Story): Promise<Death> {
  const child = spawn(process.execPath, [program, folder, point, story.id], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [[, signal], transferId, complaint] = await Promise.all([
    once(child, 'exit') as Promise<[number | null, string | null]>,
    text(child.stdout),
    text(child.stderr),
  ])
  return { signal, transferId, complaint }
}
