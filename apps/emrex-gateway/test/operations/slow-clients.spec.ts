import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { carryStory } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { storyOf } from '../town-under-test.js'
import { TownProcess } from './town-process.js'

jest.setTimeout(240_000)

/** In the long run as many as the plan asks for, heads among them; else some, and bodies alone, which end sooner. */
const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
const sockets = isLong ? 500 : 60
/** What is promised; the limits of the gateway lie below it. */
const closedWithinMs = 30_000

const story = storyOf('ordinary')
const p95 = (times: readonly number[]) => [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!

/** Sends one byte a second, and tells how long the other side bore it. */
function slowClient(port: number, begin: string, drop: string): { socket: Socket; ended: Promise<number> } {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  const begun = performance.now()
  socket.write(begin)
  const drops = setInterval(() => socket.write(drop), 1000)
  const ended = new Promise<number>((resolve) => {
    // Only who reads sees the end.
    socket.resume().on('close', () => {
      clearInterval(drops)
      resolve(performance.now() - begun)
    })
  })
  return { socket, ended }
}

describe(`${sockets} clients that send a byte a second`, () => {
  let town: TownProcess
  beforeAll(async () => {
    // Fewer than the slow ones: they must not count as load. What else the machine has to do is not asked here.
    town = await TownProcess.start({ operations: { busy: { requests: sockets / 2, lagMilliseconds: 60_000 } } })
  })
  afterAll(() => town?.stop())

  const timeOf = async () => {
    const begun = performance.now()
    await carryStory(story, town.smpUrl(story.home))
    return performance.now() - begun
  }
  const timesOf = async (count: number) => {
    const times: number[] = []
    for (let transfer = 0; transfer < count; transfer++) times.push(await timeOf())
    return times
  }

  it('lose their connections soon, and everybody else goes on', async () => {
    await timesOf(2)
    const transfers = isLong ? 40 : 4
    const base = await timesOf(transfers)
    const body =
      'POST /smp/nordfjord/return HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nelmo='
    const head = 'GET /smp/nordfjord HTTP/1.1\r\nHost: localhost\r\nX-Slow: '
    const clients = Array.from({ length: sockets }, (_, client) =>
      slowClient(town.port, isLong && client % 2 === 0 ? head : body, 'x'),
    )
    const during = await timesOf(transfers)
    const all = Promise.all(clients.map(({ ended }) => ended))
    const times = await Promise.race([all, wait(closedWithinMs + 15_000, undefined, { ref: false })])
    if (isLong)
      process.stderr.write(
        `transfer p95 ${p95(base).toFixed(0)} ms before, ${p95(during).toFixed(0)} ms during; sockets closed after ` +
          `${Math.min(...(times ?? [])).toFixed(0)} to ${Math.max(...(times ?? [])).toFixed(0)} ms\n`,
      )
    expect(times).toHaveLength(sockets)
    // A machine under load may see the close later than it came; the gateway's own limits are 25 s and 10 s.
    expect(Math.max(...times!)).toBeLessThan(closedWithinMs)
    expect(await town.sum('emrex_slow_bodies_total')).toBe(isLong ? sockets / 2 : sockets)
    expect((await town.health()).ready).toBe(true)
  })

  if (isLong)
    it('and clients that send nothing at all lose theirs, too', async () => {
      const silent = Array.from({ length: 50 }, () => slowClient(town.port, '', ''))
      const times = await Promise.all(silent.map(({ ended }) => ended))
      expect(Math.max(...times)).toBeLessThan(closedWithinMs)
    })
})
