import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A real database server of this machine, on a free port of the loopback interface, with its data in a temporary folder. */
export interface DatabaseServer {
  readonly port: number
  /** Where its data are. */
  readonly folder: string
  /** Who may do everything. */
  readonly admin: { readonly user: string; readonly password: string }
  /** Stops it and removes its data. */
  close(): Promise<void>
}

/** A server that can be made to crash and come back. */
export interface CrashingServer extends DatabaseServer {
  /** Crashes, and begins to come back after so long; resolves then, when it need not take connections yet. */
  leave(milliseconds: number): Promise<void>
}

export interface DatabaseServerOptions {
  /** PEM; the server then takes connections with TLS too. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string }
  /** Writes as it does in production: what it has confirmed survives a power cut. Tests need not wait for that. */
  readonly durable?: boolean
}

export type User = { readonly uid?: number; readonly gid?: number }
const patienceMs = 60_000

/** A folder that belongs to the user of the server. */
export function serverFolder(name: string, { uid, gid }: User): string {
  const folder = mkdtempSync(join(tmpdir(), `emrex-${name}-`))
  if (uid !== undefined) chownSync(folder, uid, gid!)
  return folder
}

/** A file that the user of the server alone may read. */
export function serverFile(folder: string, name: string, text: string, { uid, gid }: User): string {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  if (uid !== undefined) chownSync(path, uid, gid!)
  return path
}

/** Runs a program to its end. @throws {Error} with what it wrote */
export function runOnce(program: string, parameters: readonly string[], folder: string, user: User): void {
  const { status, stdout, stderr } = spawnSync(program, parameters, { ...user, cwd: folder, timeout: patienceMs })
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout.toString()}${stderr.toString()}`)
}

/**
 * Runs the server ($3 and what follows) until its own input ends, which it does when we end, whatever way: then the server
 * gets signal $1, and the folder $2 is removed. Nobody may be left then who reads what the shell says about that. A server
 * that ends while there is a file \`away\` in the folder is started again when the file is gone.
 */
const keeper = `
signal=$1 folder=$2
shift 2
exec 3<&0
trap "" PIPE
{ read -r _ <&3; : >"$folder/over"; read -r server <"$folder/server"; kill -s "$signal" "$server"; } 2>/dev/null &
watch=$!
while :; do
  "$@" </dev/null 3<&- &
  server=$!
  echo "$server" >"$folder/server"
  wait "$server"
  status=$?
  [ -e "$folder/away" ] || break
  while [ -e "$folder/away" ] && ! [ -e "$folder/over" ]; do sleep 0.05; done
  [ -e "$folder/over" ] && break
done
kill "$watch" 2>/dev/null
cd / && rm -rf "$folder"
exit "$status"
`

/** The server goes away at once, without saving or saying anything to its clients, and comes back after so long. */
export async function leaveServer(folder: string, milliseconds: number): Promise<void> {
  const away = join(folder, 'away')
  writeFileSync(away, '')
  try {
    // Spec: PostgreSQL, "Shutting Down the Server": SIGQUIT is the immediate shutdown, which ends in a recovery.
    process.kill(Number(readFileSync(join(folder, 'server'), 'utf8')), 'SIGQUIT')
    await wait(milliseconds)
  } finally {
    rmSync(away, { force: true })
  }
}

/** Starts a server and waits for its line that says so. The stop it is given ends it at once, without saving. */
export async function startServer(
  program: string,
  parameters: readonly string[],
  folder: string,
  user: User,
  ready: RegExp,
): Promise<() => Promise<void>> {
  // PostgreSQL ends its other processes when it is asked to end; MariaDB is one process.
  const signal = program.endsWith('postgres') ? 'QUIT' : 'KILL'
  const child = spawn('sh', ['-c', keeper, 'sh', signal, folder, program, ...parameters], {
    ...user,
    cwd: folder,
    stdio: 'pipe',
    // An interrupt of the tests is no business of the server.
    detached: true,
  })
  const ended = once(child, 'close')
  ended.catch(() => {})
  const stop = async (): Promise<void> => {
    child.stdin.on('error', () => {})
    child.stdin.end()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilReady(child, ready)
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

function untilReady(child: ChildProcessWithoutNullStreams, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let written = ''
    const timer = setTimeout(() => reject(new Error(`the database did not come up: ${written}`)), patienceMs)
    const read = (piece: Buffer): void => {
      written = (written + piece.toString()).slice(-10_000)
      if (!ready.test(written)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the database ended with ${code}: ${written}`))
    })
  })
}
