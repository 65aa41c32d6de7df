import {
  createLog,
  loadSettings,
  startGateway,
  type GatewayOverrides,
  type RunningGateway,
} from '@emrex-gateway/gateway'
import type { Log } from '@emrex-gateway/core'
import { prepareTown, type PreparedTown, type TownPlan } from './prepare-town.js'

export interface TownOptions extends TownPlan {
  readonly log?: Log
  readonly overrides?: GatewayOverrides
}

/** A town with its gateway. */
export interface Town
  extends
    RunningGateway,
    Pick<PreparedTown, 'folder' | 'address' | 'certificates' | 'mail' | 'others' | 'smpUrl' | 'ncpUrl'> {}

/** Starts the town: databases, keys, catalogue, and one gateway in both roles for everybody. */
export async function startTown({ log, overrides, ...plan }: TownOptions): Promise<Town> {
  const { settingsFile, close, port: _port, catalogue: _catalogue, ...town } = await prepareTown(plan)
  try {
    const running = await startGateway(loadSettings(settingsFile), log ?? createLog(plan.logLevel ?? 'warn'), overrides)
    const stop = async () => {
      await running.stop()
      await close()
    }
    return { ...running, ...town, stop }
  } catch (error) {
    await close()
    throw error
  }
}
