import { createLog } from '../serve/create-log.js'
import { startGateway } from '../serve/start-gateway.js'
import { loadSettings } from '../settings/load-settings.js'
import { exitCodes } from './exit-codes.js'
import { refusedStart } from './refused-start.js'

/** Serves until SIGTERM or SIGINT, then drains. Gives the exit code. */
export async function serveCommand(file: string): Promise<number> {
  try {
    const loaded = loadSettings(file)
    const running = await startGateway(loaded, createLog(loaded.settings.logLevel))
    await new Promise<void>((resolve) => {
      process.once('SIGTERM', () => resolve())
      process.once('SIGINT', () => resolve())
    })
    await running.stop()
    return exitCodes.ok
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === 'listen') {
      process.stderr.write(`${file}: listen: ${(error as Error).message}\n`)
      return exitCodes.refused
    }
    return refusedStart(error)
  }
}
