import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@emrex-gateway/testing'

const workspace = fileURLToPath(new URL('../../../../', import.meta.url))
const tool = (name: string) => fileURLToPath(new URL(`../../../../tools/pack-check/${name}.mjs`, import.meta.url))

interface Packed {
  readonly name: string
  readonly tarball: string
}

/** Packages as `npm pack` makes them, in a folder that goes with `remove`. */
export class PackedPackages {
  private constructor(
    private readonly folder: string,
    private readonly packed: readonly Packed[],
  ) {}

  /** Those of these names; all of them where absent. */
  static async pack(names?: readonly string[]): Promise<PackedPackages> {
    const folder = mkdtempSync(join(tmpdir(), 'packed-'))
    const { packPackages } = (await import(tool('pack-packages'))) as {
      packPackages(root: string, into: string, only?: readonly string[]): Packed[]
    }
    return new PackedPackages(folder, packPackages(workspace, folder, names))
  }

  /** A folder outside of the workspace in which exactly these packages, and what they declare, are installed. */
  async install(names: readonly string[], files: Readonly<Record<string, string>>): Promise<UnrelatedFolder> {
    const folder = mkdtempSync(join(tmpdir(), 'unrelated-'))
    const { installPacked } = (await import(tool('install-packed'))) as {
      installPacked(root: string, folder: string, packed: readonly Packed[], names: readonly string[]): void
    }
    installPacked(workspace, folder, this.packed, names)
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return new UnrelatedFolder(folder)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** A program that runs in an unrelated folder. */
export interface RunningProgram {
  readonly origin: string
  /** What it wrote so far, to both streams. */
  output(): string
  stop(): Promise<void>
}

export class UnrelatedFolder {
  private readonly running: RunningProgram[] = []
  constructor(readonly path: string) {}

  /** Runs to the end; nothing of our own development reaches it. */
  run(argv: readonly string[]): { readonly status: number | null; readonly output: string } {
    const options = { cwd: this.path, env: plainEnvironment({}), encoding: 'utf8', timeout: 120_000 } as const
    const { status, stdout, stderr } = spawnSync(process.execPath, [...argv], options)
    return { status, output: stdout + stderr }
  }

  /** Compiles as a consumer would, with the types of everything looked at. Gives what the compiler complains about. */
  compile(options: object, files: readonly string[]): string {
    const config = { compilerOptions: { strict: true, skipLibCheck: false, types: ['node'], ...options }, files }
    writeFileSync(join(this.path, 'tsconfig.json'), JSON.stringify(config))
    return this.run([join(workspace, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json']).output
  }

  /** Starts a program that listens at `ORIGIN`, and waits until it does. @throws {Error} with what it wrote, when it ends before */
  async start(file: string, env: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
    const origin = `http://127.0.0.1:${await freePort()}`
    const child = spawn(process.execPath, [file], {
      cwd: this.path,
      env: plainEnvironment({ ORIGIN: origin, ...env }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let written = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (written += chunk.toString()))
    const program = { origin, output: () => written, stop: () => stopChild(child) }
    this.running.push(program)
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${file} ended: ${written}`)
      const answered = await fetch(`${origin}/`).then(
        (response) => response.text(),
        () => undefined,
      )
      if (answered !== undefined) return program
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async remove(): Promise<void> {
    await Promise.all(this.running.map((program) => program.stop()))
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** What a shell of a developer has; jest and the workspace leave their own settings out of it. */
const plainEnvironment = (more: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  ...more,
})

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}
