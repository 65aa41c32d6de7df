import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createLog } from '@emrex-gateway/gateway'
import { startTown } from '@emrex-gateway/town'

const launcher = fileURLToPath(new URL('../bin/emrex.mjs', import.meta.url))
const workspaceRoot = fileURLToPath(new URL('../../../', import.meta.url))

let folder: string
/** Settings of a whole town, which nobody runs. */
let settingsFile: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-commands-'))
  // Nobody is in front who must notice that it stops.
  const rewriteSettings = (yaml: string) => `${yaml}\noperations: { drainNoticeSeconds: 0 }\n`
  const town = await startTown({ folder, port: 0, logLevel: 'info', log: createLog('silent'), rewriteSettings })
  await town.stop()
  settingsFile = join(folder, 'settings.yaml')
}, 180_000)
afterAll(() => {
  running.forEach((child) => child.kill('SIGKILL'))
  rmSync(folder, { recursive: true })
})

type Child = ChildProcessByStdio<null, Readable, Readable>
const running: Child[] = []

/** `emrex serve`, once it says that it has started. */
async function serve() {
  const child = spawn(process.execPath, [launcher, 'serve', '--settings', settingsFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const lines = createInterface({ input: child.stdout })
  const exit = once(child, 'exit') as Promise<[number | null, string | null]>
  const started = await lineOf(lines, 'gateway.started')
  return { child, lines, exit, origin: `http://127.0.0.1:${String(started['port'])}` }
}

async function lineOf(lines: Interface, event: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const look = (line: string) => {
      const said = JSON.parse(line) as Record<string, unknown>
      if (said['event'] !== event) return
      lines.off('line', look)
      resolve(said)
    }
    lines.on('line', look)
    lines.once('close', () => reject(new Error(`ended without "${event}"`)))
  })
}

/** Runs a command to its end and gives its exit code and what it said to the person. */
async function emrex(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'exit') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, stdout, stderr }
}

/** The settings of the town with some of their words replaced, in a file of their own. */
function changed(...replacements: readonly (readonly [string | RegExp, string])[]): string {
  let yaml = readFileSync(settingsFile, 'utf8')
  for (const [from, to] of replacements) {
    expect(yaml).toMatch(from)
    yaml = yaml.replace(from, to)
  }
  const file = join(folder, 'changed.yaml')
  writeFileSync(file, yaml)
  return file
}
const pathsIn = (stderr: string) => [...stderr.matchAll(/^ {2}(\S+): /gm)].map(([, path]) => path!)

/** A request of which the server has seen the first half. */
async function beginPost(origin: string): Promise<ClientRequest> {
  const post = request(`${origin}/smp/nordfjord/return`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      // The server says that it has the head.
      expect: '100-continue',
    },
  })
  post.write('sessionId=nobody-was-ever-sent-with-this')
  await once(post, 'continue')
  return post
}

describe('emrex serve', () => {
  it('tells probes that it is alive and ready, and answers a request under way before SIGTERM ends it', async () => {
    const { child, lines, exit, origin } = await serve()
    const live = await fetch(`${origin}/health/live`)
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }])
    const ready = await fetch(`${origin}/health/ready`)
    expect([ready.status, await ready.json()]).toMatchObject([200, { status: 'ready', registry: {} }])

    const post = await beginPost(origin)
    const answer = once(post, 'response') as Promise<[IncomingMessage]>
    const stopping = lineOf(lines, 'gateway.stopping')
    const stopped = lineOf(lines, 'gateway.stopped')
    child.kill('SIGTERM')
    await stopping
    await expect(fetch(`${origin}/health/live`)).rejects.toThrow('fetch failed')
    expect(child.exitCode).toBeNull()
    post.end('&returnCode=NCP_CANCEL')
    const [response] = await answer
    expect(JSON.parse(await text(response))).toMatchObject({ code: 'SESSION_UNKNOWN' })
    await stopped
    expect(await exit).toEqual([0, null])
  }, 60_000)

  it('says every mistake of the settings in one go, with its path, refuses unknown keys, and exits with 78', async () => {
    const file = changed(
      ['environment: demo', 'environment: demo\nlisten_on: 8080'],
      ['logLevel: info', 'logLevel: loud'],
      ['unknown: ask', 'unknown: perhaps'],
      ['target: nordfjord', 'traget: nordfjord'],
    )
    const { code, stdout, stderr } = await emrex('serve', '--settings', file)
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
    expect(pathsIn(stderr).sort()).toEqual(['logLevel', 'ncp.0.receivers.unknown', 'smp.0', 'smp.0.target'])
    expect(stderr).toContain('"listen_on"')
    expect(stderr).toContain('"traget"')
  }, 60_000)

  it('refuses a system among the logins that is no login, and says where it stands', async () => {
    const { code, stderr } = await emrex('config', 'check', changed(['      - eid-norway', '      - nordfjord']))
    expect(code).toBe(78)
    expect(stderr).toMatch(/ncp\.\d\.logins\.0: the system "nordfjord" is no login/)
  }, 60_000)

  it('says in one go which names do not exist, which address is not safe, and exits with 78', async () => {
    const file = changed(
      ['target: nordfjord', 'target: nordfjrod'],
      ['environment: demo', 'environment: test'],
      ['      - eid-norway', '      - eid-nroway'],
    )
    const { code, stderr } = await emrex('serve', '--settings', file)
    expect(code).toBe(78)
    expect(pathsIn(stderr)).toEqual(
      expect.arrayContaining(['ncp.0.logins.0', 'smp.0.target', 'ncp.0.publicUrl', 'smp.4.publicUrl']),
    )
  }, 60_000)

  it('says in one go which files are missing, and exits with 78', async () => {
    const file = changed(
      ['keyFile: ./seal.key', 'keyFile: ./lost.key'],
      ['keyFile: ./norway.key.pem', 'keyFile: ./lost.pem'],
      ['certificateFile: ./sweden.pem', 'certificateFile: ./lost.pem'],
    )
    const { code, stderr } = await emrex('serve', '--settings', file)
    expect(code).toBe(78)
    expect(pathsIn(stderr)).toEqual(['seal.keyFile', 'ncp.0.signing.keyFile', 'ncp.3.signing.certificateFile'])
  }, 60_000)

  it('says in one go what is wrong with the settings of plugins, and exits with 78', async () => {
    const file = changed(['client: sqlite', 'client: abacus'], ['plugin: demo', 'plugin: "@invented/nowhere"'])
    const { code, stderr } = await emrex('serve', '--settings', file)
    expect(code).toBe(78)
    expect(pathsIn(stderr)).toEqual(['logins.0', 'systems.0.settings.client'])
  }, 60_000)

  it('says in one line that its port is taken, and exits with 1', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { code, stderr } = await emrex('serve', '--settings', changed([/port: \d+/, `port: ${port}`]))
    server.close()
    expect(code).toBe(1)
    expect(stderr).toMatch(new RegExp(`^\\S+: listen .*127\\.0\\.0\\.1:${port}\\n$`))
  }, 60_000)

  it('exits with 78 when there is no such file, and with 2 when none is named', async () => {
    expect((await emrex('serve', '--settings', join(folder, 'absent.yaml'))).code).toBe(78)
    expect((await emrex('serve')).code).toBe(2)
  }, 60_000)
})

describe('/health/ready', () => {
  it('turns into 503 when the store is gone, while /health/live stays', async () => {
    const town = await startTown({ folder, port: 0, logLevel: 'silent' })
    try {
      const origin = new URL(town.ncpUrl('norway')).origin
      expect((await fetch(`${origin}/health/ready`)).status).toBe(200)
      await town.gateway.store.close()
      const gone = await fetch(`${origin}/health/ready`)
      expect([gone.status, await gone.json()]).toEqual([503, { status: 'not ready', store: 'does not answer' }])
      expect((await fetch(`${origin}/health/live`)).status).toBe(200)
    } finally {
      await town.stop()
    }
  }, 60_000)
})

describe('a gateway that is told to stop', () => {
  it('does not wait for ever for a request that never ends', async () => {
    const town = await startTown({ folder, port: 0, logLevel: 'silent', overrides: { drainSeconds: 1 } })
    const post = await beginPost(new URL(town.ncpUrl('norway')).origin)
    const broken = once(post, 'error')
    await town.stop()
    expect((await broken)[0]).toMatchObject({ code: 'ECONNRESET' })
  }, 60_000)
})

describe('emrex', () => {
  it('ends as ever when whoever reads has seen enough, as head does', async () => {
    const child = spawn(process.execPath, [launcher, 'config', 'check', settingsFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    child.stdout.destroy()
    const [[code], stderr] = await Promise.all([once(child, 'exit') as Promise<[number | null]>, text(child.stderr)])
    expect([code, stderr]).toEqual([0, ''])
  }, 60_000)

  it('is found by npx in the root of the installation, without asking a registry', () => {
    const env = { ...process.env, npm_config_offline: 'true' }
    const { status, stdout } = spawnSync('npx', ['--no', 'emrex', '--', '--help'], {
      cwd: workspaceRoot,
      encoding: 'utf8',
      env,
    })
    expect(stdout).toContain('Usage: emrex')
    expect(status).toBe(0)
  }, 60_000)
})
