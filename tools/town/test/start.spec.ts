import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { freePort } from '@emrex-gateway/testing'

/**
 * What `npm start` runs once everything is installed and built. It is taken from the build, as that command takes it; the
 * command itself may install packages, which no test should do.
 */
const program = `import { main } from '@emrex-gateway/town'; await main(process.argv.slice(1))`
const here = fileURLToPath(new URL('.', import.meta.url))

interface RunningTown {
  readonly child: ChildProcess
  readonly lines: readonly string[]
  readonly address: string
}

let folder: string
const running: ChildProcess[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-start-'))
})
afterAll(() => {
  running.forEach((child) => child.kill('SIGKILL'))
  rmSync(folder, { recursive: true })
})

/** Starts a town there and waits until it says where to look, or ends. */
async function start(port: number): Promise<RunningTown> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, folder], {
    cwd: here,
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const address = /http:\/\/[^\s]+/.exec(line)?.[0]
    if (address !== undefined) return { child, lines, address }
  }
  throw new Error(`ended without an address, after: ${lines.join('\n')}`)
}

async function stop({ child }: RunningTown): Promise<unknown> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  return (await ended)[0]
}

/** A port of the loopback address that is taken for as long as the work lasts. */
async function withTakenPort<T>(work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await work((server.address() as AddressInfo).port)
  } finally {
    server.close()
  }
}

const homeAddress = async ({ address }: RunningTown) => {
  const response = await fetch(address)
  expect(response.status).toBe(200)
  return new URL(/http:\/\/localhost:\d+\/smp\/nordfjord/.exec(await response.text())![0])
}

const imports = async () => {
  const knex = openSqlite({ file: join(folder, 'nordfjord.sqlite'), readOnly: true })
  const rows = await knex('emrex_import')
  await knex.destroy()
  return rows.length
}

/** What is made once: the keys by their content, the databases by their place on the disk. */
const madeOnce = () =>
  readdirSync(folder)
    .filter((name) => /\.(pem|key|sqlite)$/.test(name))
    .map((name) => [
      name,
      name.endsWith('sqlite') ? statSync(join(folder, name)).ino : readFileSync(join(folder, name), 'utf8'),
    ])

describe('npm start', () => {
  it('prints one line about one transfer and one address, ends on SIGTERM, and starts again in its folder', async () => {
    const wanted = await freePort()
    const first = await start(wanted)
    expect(first.lines).toEqual([
      expect.stringMatching(
        /^First transfer: .+ carried results home in [\d.]+ s: verified, matched and handed over\.$/,
      ),
      expect.stringMatching(/^Look around: http:\/\/127\.0\.0\.1:\d+\/ {2}\(Ctrl\+C ends the town\)$/),
    ])
    const home = await homeAddress(first)
    expect(home.port).toBe(String(wanted))
    expect((await fetch(home)).status).toBe(200)
    expect(await imports()).toBe(1)
    expect(await stop(first)).toBe(0)
    const made = madeOnce()
    expect(made.length).toBeGreaterThan(10)

    // The second time the town is there already, and the port is not.
    await withTakenPort(async (takenPort) => {
      const second = await start(takenPort)
      expect(second.lines).toHaveLength(2)
      const homeNow = await homeAddress(second)
      expect(homeNow.port).not.toBe(String(takenPort))
      expect((await fetch(homeNow)).status).toBe(200)
      expect(madeOnce()).toEqual(made)
      expect(await imports()).toBe(2)
      expect(await stop(second)).toBe(0)
    })
  }, 600_000)
})
