import { spawnSync } from 'node:child_process'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/elmo.js'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output, byte for byte. */
  readonly bytes: Buffer
}

interface Surroundings {
  readonly stdin?: string | Uint8Array | Iterable<Buffer>
  /** Standard error is a terminal. */
  readonly isTTY?: boolean
}

/** The command line within this process. */
export async function runElmo(
  argv: readonly string[],
  { stdin = '', isTTY = false }: Surroundings = {},
): Promise<Ended> {
  const written = { stdout: [] as Buffer[], stderr: [] as Buffer[] }
  const stream = (name: keyof typeof written): PassThrough => {
    const through = new PassThrough()
    through.on('data', (chunk: Buffer) => written[name].push(chunk))
    return through
  }
  const [stdout, stderr] = [stream('stdout'), stream('stderr')]
  // Chunks as small as a slow pipe gives them.
  const isWhole = typeof stdin === 'string' || stdin instanceof Uint8Array
  const source = Readable.from(isWhole ? slices(Buffer.from(stdin as Uint8Array)) : stdin)
  const code = await main(argv, { stdin: source, stdout, stderr: Object.assign(stderr, { isTTY }) })
  await Promise.all([stdout, stderr].map((each) => new Promise((resolve) => each.end(resolve))))
  const bytes = Buffer.concat(written.stdout)
  return { code, bytes, stdout: bytes.toString(), stderr: Buffer.concat(written.stderr).toString() }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000)
}

export const launcher = fileURLToPath(new URL('../../bin/elmo.mjs', import.meta.url))

/** The command line as users call it: a process of its own, from what was built. */
export function launchElmo(argv: readonly string[], stdin: string | Uint8Array = ''): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...argv], {
    input: stdin,
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  return { code: status, bytes: stdout, stdout: stdout.toString(), stderr: stderr.toString() }
}

export const testdata = (name: string): string => fileURLToPath(new URL(`../../testdata/${name}`, import.meta.url))
