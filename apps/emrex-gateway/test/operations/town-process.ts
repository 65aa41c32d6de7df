import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readImports } from '../read-imports.js'
import type { ShownHealth } from './town-with-operations.js'

const program = fileURLToPath(new URL('run-town.mjs', import.meta.url))

/** A town in a process of its own, so that a test can take away its disk, or measure it. */
export class TownProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly folder: string,
    readonly port: number,
    readonly adminPort: number,
  ) {}

  /** @param output what its standard output, where the log goes, leads to. */
  static async start({
    operations = {},
    output = 'ignore',
    folder = mkdtempSync(join(tmpdir(), 'emrex-town-process-')),
  }: {
    readonly operations?: object
    readonly output?: 'ignore' | 'pipe' | number
    readonly folder?: string
  } = {}): Promise<TownProcess> {
    const stdio: StdioOptions = ['ignore', output, 'inherit', 'ipc']
    const child = spawn(process.execPath, [program, folder, JSON.stringify(operations)], { stdio })
    const [place] = (await once(child, 'message')) as [{ port: number; adminPort: number }]
    return new TownProcess(child, folder, place.port, place.adminPort)
  }

  readonly smpUrl = (id: string): string => `http://localhost:${this.port}/smp/${id}`

  async at(path: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(`http://127.0.0.1:${this.adminPort}${path}`)
    return { status: answer.status, text: await answer.text() }
  }

  async health(): Promise<ShownHealth> {
    return JSON.parse((await this.at('/health')).text) as ShownHealth
  }

  /** The sum of the samples of a metric whose labels hold this. */
  async sum(metric: string, part = ''): Promise<number> {
    const { text } = await this.at('/metrics')
    return text
      .split('\n')
      .filter((line) => line.startsWith(metric) && /^[{ ]/.test(line.slice(metric.length)) && line.includes(part))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
  }

  imports(home: Parameters<typeof readImports>[1]) {
    return readImports(this.folder, home)
  }

  /** No file of the process may become larger than this any more; undefined = as large as it likes. Needs no rights. */
  limitFiles(bytes: number | undefined): void {
    const soft = bytes === undefined ? 'unlimited' : String(bytes)
    const { status, stderr } = spawnSync('prlimit', ['--pid', String(this.child.pid), `--fsize=${soft}:unlimited`])
    if (status !== 0) throw new Error(`prlimit: ${String(stderr)}`)
  }

  /** Gives the exit code. */
  async stop(): Promise<number | null> {
    const exit = once(this.child, 'exit') as Promise<[number | null]>
    if (this.child.connected) this.child.send('stop')
    const [code] = this.child.exitCode === null ? await exit : [this.child.exitCode]
    rmSync(this.folder, { recursive: true })
    return code
  }
}
