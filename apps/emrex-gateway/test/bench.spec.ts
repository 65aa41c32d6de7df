import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bench = (name: string) => fileURLToPath(new URL(`../../../tools/bench/${name}.bench.mjs`, import.meta.url))
const env = { ...process.env, EMREX_BENCH_ROUNDS: '1', EMREX_BENCH_TRANSFERS: '1' }
const run = (name: string) => spawnSync(process.execPath, [bench(name)], { encoding: 'utf8', env, timeout: 590_000 })

describe('npm run bench', () => {
  it('prints every figure of whole transfers, and of the machine', () => {
    const { status, stdout, stderr } = run('transfers')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const figure = String.raw`\s+\d+\.\d`
    for (const name of ['transfers per second', 'gateway time p50, ms', 'gateway time p95, ms', 'CPU per transfer, ms'])
      expect(stdout).toMatch(new RegExp(`^${name}${figure}${figure}$`, 'm'))
    expect(stdout).toMatch(/^peak memory \d+ MiB/m)
    expect(stdout).toMatch(/^Node \d+\.\d+\.\d+, .+, \d+ cores/m)
    const [, kilobytes] = /signed document (\d+\.\d) KB/.exec(stdout)!
    expect(Number(kilobytes)).toBeGreaterThan(18)
    // 20 KB of results, and the readable transcript.
    expect(Number(kilobytes)).toBeLessThan(200)
  }, 600_000)

  it('says how far the memory grows while a body of 100 MB is refused', () => {
    const { status, stdout, stderr } = run('large-body')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout.match(/answered 413, memory grew by \d+ MiB/g)).toHaveLength(2)
  }, 600_000)
})
