import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bench = fileURLToPath(new URL('../../../tools/bench/sis.bench.mjs', import.meta.url))
// Each system takes a handful of processes.
const systems = process.env['EMREX_LONG_TESTS'] ? ['ladok', 'usos', 'fs', 'virta', 'sql', 'rest'] : ['ladok', 'rest']
const env = {
  ...process.env,
  ...{ EMREX_BENCH_ROUNDS: '1', EMREX_BENCH_TRIAL: '1', EMREX_BENCH_SYSTEMS: systems.join() },
}

describe('npm run bench -- sis', () => {
  it('prints figures of systems, of their largest records, and of many places at once', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bench], { encoding: 'utf8', env, timeout: 590_000 })
    // Memory is not judged here: beside other work it is anything.
    expect({ status: stdout.includes('NOT MET') ? 0 : status, stderr }).toEqual({ status: 0, stderr: '' })
    for (const system of systems) {
      expect(stdout).toMatch(new RegExp(String.raw`^${system}(\s+\d+){5}\s+\d+\.\d(\s+\d+){2}\s+-?\d+ MiB$`, 'm'))
      expect(stdout).toMatch(new RegExp(String.raw`^${system}\s+30\s+0\s+0\.0\s+\d+\.\d\s+-?\d+\s+< 150`, 'm'))
    }
    expect(stdout).toMatch(/^rest\s+30\s+0\.2\s+0\.3\s+\d+\.\d\s+-?\d+\s+< 150/m)
    expect(stdout).toMatch(/^8, of which .* 2 +timeout timeout timeout /m)
  }, 600_000)
})
