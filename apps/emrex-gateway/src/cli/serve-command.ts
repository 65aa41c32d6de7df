import { setTimeout as pause } from 'node:timers/promises'
import { createLog } from '../serve/create-log.js'
import { startGateway, type RunningGateway } from '../serve/start-gateway.js'
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
    // Heard from now on: a signal that nobody listens to is lost on the first process of a container, and SIGHUP ends others.
    const told = toldToStop()
    let running: RunningGateway | undefined
    process.on('SIGHUP', () => void running?.gateway.operations.rollover.check())
    const starting = startGateway(loaded, createLog(loaded.settings.logLevel)).then((started) => (running = started))
    await Promise.race([starting, told])
    // Nobody is served yet, and the start may be waiting for somebody far away.
    if (running === undefined) return process.exit(exitCodes.ok)
    await told
    running.drain()
    // A second word to stop is meant.
    await Promise.race([toldToStop(), pause(loaded.settings.operations.drainNoticeSeconds * 1000)])
    await running.stop()
    return exitCodes.ok
  } catch (error) {
    const { syscall } = error as NodeJS.ErrnoException
    if (syscall === 'listen' || syscall === 'getaddrinfo') {
      process.stderr.write(`${file}: ${(error as Error).message}\n`)
      return exitCodes.refused
    }
    return refusedStart(error)
  }
}
