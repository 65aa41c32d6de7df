import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaults } from '@emrex-gateway/core'
import { parse } from 'yaml'

const workspace = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string) => readFileSync(join(workspace, path), 'utf8')
const page = read('docs/operations.md')
const night = page.split('## Something is wrong at three in the morning')[1]!

/** Everything that the gateway is made of, as one text. */
function sources(): string {
  const folders = ['libs', 'apps'].flatMap((parent) =>
    readdirSync(join(workspace, parent)).map((name) => `${parent}/${name}/src`),
  )
  return folders
    .filter((folder) => existsSync(join(workspace, folder)))
    .flatMap((folder) =>
      readdirSync(join(workspace, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name) && !name.includes('.spec.'))
        .map((name) => read(`${folder}/${name}`)),
    )
    .join('\n')
}

describe('docs/operations.md', () => {
  it('names no event that the log or the evidence does not have', () => {
    const named = [...new Set([...night.matchAll(/`([a-z]+\.[a-z-]+)`/g)].map(([, event]) => event!))]
    expect(named.length).toBeGreaterThan(10)
    const text = sources()
    expect(named.filter((event) => !text.includes(`'${event}'`))).toEqual([])
  })

  it('names no command that there is not', () => {
    const commands = read('apps/emrex-gateway/src/cli/emrex.ts')
    const named = [...page.matchAll(/emrex ([a-z]+)(?: ([a-z]+))? (?:SETTINGS|FILE|--)/g)]
    expect(named.length).toBeGreaterThan(5)
    for (const word of named.flatMap(([, first, second]) => [first, ...(second === undefined ? [] : [second])]))
      expect(commands).toContain(`.command('${word}')`)
  })

  it('names no file of the repository that there is not', () => {
    const named = [...page.matchAll(/(?:deploy|apps)\/[a-zA-Z0-9/._-]+[a-zA-Z0-9]/g)].map(([path]) => path)
    expect(named.length).toBeGreaterThan(4)
    expect(named.filter((path) => !existsSync(join(workspace, path)))).toEqual([])
  })
})

describe('what stands in front of the gateway', () => {
  it('is told how long a request it must let through, where an operator sets it up', () => {
    const longest = `${defaults.returnFormMaxBytes / 2 ** 20} MiB`
    const [, needs] = page.split(/^## /m)
    for (const text of [needs, read('deploy/helm/emrex-gateway/values.yaml')]) expect(text).toContain(longest)
  })
})

describe('what starts the gateway', () => {
  it('writes over no checkpoints that were taken out before', () => {
    const kept = [...page.matchAll(/emrex audit checkpoints SETTINGS > (\S+)/g)].map(([, file]) => file)
    expect(kept).toEqual(['checkpoints-$(date'])
  })

  it('leaves it more time to end than it takes for what is under way', () => {
    const compose = parse(read('deploy/compose/compose.yaml')) as {
      services: { gateway: { stop_grace_period: string } }
    }
    const values = parse(read('deploy/helm/emrex-gateway/values.yaml')) as { terminationGracePeriodSeconds: number }
    const [, unit] = /TimeoutStopSec=(\d+)/.exec(read('deploy/systemd/emrex-gateway.service'))!
    const seconds = [
      parseInt(compose.services.gateway.stop_grace_period),
      values.terminationGracePeriodSeconds,
      Number(unit),
    ]
    const { drainNoticeSeconds, drainSeconds, targetTimeoutSeconds } = defaults
    for (const each of seconds) expect(each).toBeGreaterThan(drainNoticeSeconds + drainSeconds + targetTimeoutSeconds)
  })
})
