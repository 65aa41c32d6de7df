import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLog } from '@emrex-gateway/gateway'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { postBig, until } from '@emrex-gateway/testing'
import { startTown } from '@emrex-gateway/town'

const launcher = fileURLToPath(new URL('../bin/emrex.mjs', import.meta.url))
const maxGrowthMegabytes = 150
/** Linux alone tells the most memory that another process ever had. */
const describeOnLinux = existsSync('/proc/self/status') ? describe : describe.skip

let folder: string
let gateway: ChildProcess
let origin: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-big-'))
  // Nobody is in front who must notice that it stops.
  const rewriteSettings = (yaml: string) => `${yaml}\noperations: { drainNoticeSeconds: 0 }\n`
  const town = await startTown({ folder, port: 0, log: createLog('silent'), rewriteSettings })
  origin = new URL(town.ncpUrl('poland')).origin
  await town.stop()
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true }))

// A process of its own, as it would be deployed, and a fresh one each time: nobody else's memory is counted.
beforeEach(async () => {
  const settings = join(folder, 'settings.yaml')
  gateway = spawn(process.execPath, [launcher, 'serve', '--settings', settings], { stdio: 'ignore' })
  await answers()
}, 180_000)
afterEach(async () => {
  gateway.kill('SIGTERM')
  if (gateway.exitCode === null) await once(gateway, 'exit')
}, 60_000)

async function answers(): Promise<void> {
  const isReady = async () => (await fetch(`${origin}/health/ready`).catch(() => undefined))?.status === 200
  await until(isReady)
}

const megabytes = (line: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))![1]) / 1000

/** How much more memory than before the process had at its worst moment. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const before = megabytes('VmRSS')
  await work()
  return megabytes('VmHWM') - before
}

async function kept(): Promise<unknown> {
  const knex = openSqlite({ file: join(folder, 'gateway.sqlite'), readOnly: true })
  try {
    const counts = ['emrex_transfer', 'emrex_body', 'emrex_handle', 'emrex_audit'].map((table) =>
      knex(table).count({ rows: '*' }),
    )
    return (await Promise.all(counts)).flat()
  } finally {
    await knex.destroy()
  }
}

/** Posts a form of so many MiB in chunks of two bytes. */
async function postInCrumbs(path: string, mebibytes: number): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  const head = ['POST ' + path + ' HTTP/1.1', 'Host: x', 'Content-Type: application/x-www-form-urlencoded']
  socket.write([...head, 'Transfer-Encoding: chunked', 'Connection: close', '', ''].join('\r\n'))
  const piece = '2\r\naa\r\n'.repeat(32 * 1024)
  for (let sent = 0; sent < mebibytes * 16; sent++) if (!socket.write(piece)) await once(socket, 'drain')
  socket.write('0\r\n\r\n')
  const answer: Buffer[] = []
  for await (const data of socket) answer.push(data as Buffer)
  return Buffer.concat(answer).toString().slice(0, 'HTTP/1.1 400'.length)
}

describeOnLinux('a body of 100 MB', () => {
  it.each([
    ['the return route', '/smp/nordfjord/return', 'declared'],
    ['the return route', '/smp/nordfjord/return', 'chunked'],
    ['the route of requests', '/ncp/poland', 'declared'],
    ['the route of requests', '/ncp/poland', 'chunked'],
    ['a login', '/ncp/poland/login/eid-poland/callback', 'chunked'],
    ['a form of a transfer', '/smp/nordfjord/transfers/nobody/accept', 'chunked'],
  ] as const)(
    'at %s (%s, %s) is refused, and the memory grows by less than 150 MB',
    async (_, path, framing) => {
      const before = await kept()
      const growth = await growthDuring(async () => {
        expect(await postBig(origin + path, 100, framing)).toBe('413')
      })
      expect(growth).toBeLessThan(maxGrowthMegabytes)
      expect(await kept()).toEqual(before)
      await answers()
    },
    60_000,
  )

  it('at a route that is not there is not read at all', async () => {
    const growth = await growthDuring(async () => {
      expect(await postBig(`${origin}/nowhere`, 100, 'chunked')).toBe('404')
    })
    expect(growth).toBeLessThan(maxGrowthMegabytes)
  }, 60_000)

  it('twelve times at once takes a part of what all of them would, and leaves those with a usual body alone', async () => {
    const path = `${origin}/smp/nordfjord/return`
    const usual = new URLSearchParams({ sessionId: 'nobody', returnCode: 'NCP_CANCEL', elmo: 'a'.repeat(500_000) })
    const growth = await growthDuring(async () => {
      const big = Array.from({ length: 12 }, () => postBig(path, 60, 'chunked'))
      const between = fetch(path, { method: 'POST', body: usual, headers: { accept: 'application/json' } })
      expect(await (await between).json()).toMatchObject({ code: 'SESSION_UNKNOWN' })
      for (const status of await Promise.all(big)) expect(['400', '503']).toContain(status)
    })
    expect(growth).toBeLessThan(500)
    // What was lent came back.
    expect(await postBig(path, 60, 'chunked')).toBe('400')
  }, 120_000)

  it('costs no more when it comes in crumbs', async () => {
    const growth = await growthDuring(async () => {
      expect(await postInCrumbs('/smp/nordfjord/return', 3)).toBe('HTTP/1.1 400')
    })
    expect(growth).toBeLessThan(maxGrowthMegabytes)
  }, 60_000)
})
