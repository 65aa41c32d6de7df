import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync, closeSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { canariesIn } from '../personal-canaries.js'

const program = fileURLToPath(new URL('gateway-process.mjs', import.meta.url))
/** Ends what hangs, on a machine that does much else too. */
const patienceMs = 240_000

/** A gateway in a process of its own, which is started again whenever it has died, as a supervisor does. */
export class Instance {
  /** How often it has died. */
  deaths = 0
  /** How long it took after a death, or several of them, until it answered again. */
  readonly recoveriesMs: number[] = []
  private readonly logFile: string
  private readonly canaries = new Set<string>()
  private logBytesRead = 0
  private child: ChildProcess | undefined
  private starting: Promise<void> = Promise.resolve()
  private isOver = false
  private bootPoint = ''
  private downSince: number | undefined

  constructor(
    readonly settingsFile: string,
    readonly port: number,
  ) {
    this.logFile = `${settingsFile}.log`
  }

  async start(): Promise<void> {
    this.starting = this.launch()
    return this.ready()
  }

  /** Resolves when it has died, and answered again, so many times in all. */
  async recovered(deaths: number): Promise<void> {
    for (let look = 0; look < patienceMs / 20 && this.deaths < deaths; look++) await wait(20)
    await this.ready()
  }

  /** Kills it, and its next start comes no further than to that point; resolves when the start after that one is through. */
  async dieAtStart(point: string): Promise<void> {
    const { deaths } = this
    this.bootPoint = point
    this.kill()
    await this.recovered(deaths + 2)
  }

  /** Resolves when it answers. */
  async ready(): Promise<void> {
    for (let seen: Promise<void> | undefined; seen !== this.starting;) {
      seen = this.starting
      await seen
    }
  }

  /** From now on it dies when it comes to that point. */
  arm(point: string): Promise<void> {
    return this.ask({ arm: point })
  }

  /** Lets it tidy as if so many hours had gone by. */
  tidy(tidyAheadHours: number): Promise<void> {
    return this.ask({ tidyAheadHours })
  }

  /** Kills it, whatever it does; it comes back. */
  kill(): void {
    this.child?.kill('SIGKILL')
  }

  /** What points to people in everything that it has logged or printed so far, at the most talkative level, in all its lives. */
  canariesInLog(): readonly string[] {
    const log = readFileSync(this.logFile)
    for (const canary of canariesIn(log.toString('utf8', this.logBytesRead))) this.canaries.add(canary)
    this.logBytesRead = log.length
    return [...this.canaries]
  }

  async stop(): Promise<void> {
    this.isOver = true
    this.kill()
    await this.starting.catch(() => {})
    const { child } = this
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  private async ask(question: object): Promise<void> {
    await this.ready()
    const { child } = this
    if (child === undefined) return
    const answered = Promise.race([once(child, 'message'), once(child, 'exit')])
    child.send(question, () => {})
    await answered
  }

  private async launch(): Promise<void> {
    const log = openSync(this.logFile, 'a')
    const child = fork(program, [this.settingsFile, this.bootPoint], { stdio: ['ignore', log, log, 'ipc'] })
    closeSync(log)
    this.bootPoint = ''
    this.child = child
    child.once('exit', (code, signal) => {
      if (this.isOver) return
      this.child = undefined
      this.deaths++
      this.downSince ??= performance.now()
      if (signal === 'SIGKILL') this.starting = this.launch()
      else {
        const said = readFileSync(this.logFile, 'utf8').slice(-2000)
        this.starting = Promise.reject(new Error(`an instance ended with ${code ?? signal}: ${said}`))
      }
      this.starting.catch(() => {})
    })
    const isReady = await Promise.race([
      once(child, 'message').then(() => true),
      once(child, 'exit').then(() => false),
      wait(patienceMs, undefined, { ref: false }).then(() => Promise.reject(new Error('an instance does not come up'))),
    ])
    if (!isReady || this.downSince === undefined) return
    this.recoveriesMs.push(performance.now() - this.downSince)
    this.downSince = undefined
  }
}
