import { setTimeout as pause } from 'node:timers/promises'
import { createLog } from '../serve/create-log.js'
import { startGateway } from '../serve/start-gateway.js'
import { loadSettings } from '../settings/load-settings.js'
import { exitCodes } from './exit-codes.js'
import { refusedStart } from './refused-start.js'

const toldToStop = () =>
  new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })

/**
 * Serves until SIGTERM or SIGINT: then it says that it is not ready and begins nothing new, and after a while ends what is
 * under way and stops. SIGHUP: files of keys are looked at now. Gives the exit code.
 */
export async function serveCommand(file: string): Promise<number> {
  try {
    const loaded = loadSettings(file)
    const running = await startGateway(loaded, createLog(loaded.settings.logLevel))
    process.on('SIGHUP', () => void running.gateway.operations.rollover.check())
    await toldToStop()
    running.drain()
    // A second word to stop is meant.
    await Promise.race([toldToStop(), pause(loaded.settings.operations.drainNoticeSeconds * 1000)])
    await running.stop()
    return exitCodes.ok
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'listen') {
      process.stderr.write(`${file}: ${(error as Error).message}\n`)
      return exitCodes.refused
    }
    return refusedStart(error)
  }
}
