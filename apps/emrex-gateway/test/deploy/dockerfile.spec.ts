import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@emrex-gateway/testing'
import { demoLoginPeople, makeUniversityDatabase, students } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { stringify } from 'yaml'
import { nameOf, notAllowed, type Part } from './allowed-licences.js'
import { performStage, removeStage } from './perform-stage.js'
import { allOf, ignoredBy, lastOf, listOf, readDockerfile } from './read-dockerfile.js'

jest.setTimeout(900_000)

const workspace = fileURLToPath(new URL('../../../../', import.meta.url))
const read = (name: string) => readFileSync(join(workspace, 'deploy', name), 'utf8')
const stages = readDockerfile(read('Dockerfile'))
const image = stages.at(-1)!
const user = lastOf(image, 'USER')
const [uid = 0, gid = 0] = user.split(':').map(Number)
const isRoot = process.getuid!() === 0
/** Where the tests run as root, what the image starts runs as the user that the image names. */
const asUser = isRoot ? { uid, gid } : {}

/**
 * There need not be a Docker to build an image: the instructions are performed in an empty directory. The quick way takes
 * the packages for development, and what was built with them, from this workspace; the long one makes them anew.
 */
const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
const isMadeHere = (path: string) => /(^|\/)dist(\/|$)|\.tsbuildinfo$/.test(path) && !path.includes('node_modules')

let folder: string
let root: string
let app: string
let env: Record<string, string>
const children: ChildProcess[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-image-'))
  chmodSync(folder, 0o755)
  const ignored = ignoredBy(read('Dockerfile.dockerignore'))
  const roots = new Map<string, string>()
  for (const stage of stages) {
    roots.set(stage.name, (root = join(folder, stage.name)))
    const performed = performStage(stage, {
      ...{ root, context: workspace, stages: roots, user },
      isIgnored: (path) => ignored(path) && (isLong || !isMadeHere(path)),
      ...(isLong ? {} : { installed: workspace }),
    })
    app = performed.folder
    env = performed.env
  }
})
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  removeStage(folder)
})

/** Runs a command of the image as the image would: its folder, its environment, its user. */
function start(command: readonly string[], more: Readonly<Record<string, string>> = {}): ChildProcess {
  const [program, ...parameters] = command.map((word) => word.replace(/^\/(?=config\/|data\/)/, `${root}/`))
  expect(program).toBe('node')
  const child = spawn(process.execPath, parameters, {
    ...asUser,
    cwd: app,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return child
}

/** Settings with demo parts for the whole of it, in the folders that the image names. */
async function furnish(): Promise<string> {
  const [config, data] = [join(root, 'config'), join(root, lastOf(image, 'VOLUME'))]
  mkdirSync(config)
  const port = await freePort()
  await makeUniversityDatabase('nordfjord', join(data, 'nordfjord.sqlite'))
  const settings = {
    environment: 'demo',
    listen: { host: '127.0.0.1', port },
    database: { file: '../data/gateway.sqlite' },
    seal: { keyFile: './seal.key' },
    logins: [{ id: 'people', plugin: 'demo', settings: { country: 'NO', people: demoLoginPeople(students) } }],
    systems: [
      {
        ...{ id: 'records', plugin: 'sql' },
        settings: { client: 'sqlite', file: '../data/nordfjord.sqlite', source: true, target: true },
      },
    ],
    registries: [{ id: 'by-hand', kind: 'static', entries: [] }],
    smp: [
      {
        ...{ id: 'example', title: 'Example University', publicUrl: `http://127.0.0.1:${port}` },
        ...{ logins: ['people'], target: 'records' },
      },
    ],
  }
  writeFileSync(join(config, 'seal.key'), randomBytes(32).toString('base64'), { mode: 0o600 })
  writeFileSync(join(config, 'gateway.yaml'), stringify(settings))
  if (isRoot)
    for (const file of [join(config, 'seal.key'), ...readdirSync(data).map((name) => join(data, name))])
      chownSync(file, uid, gid)
  return `http://127.0.0.1:${port}`
}

describe('the image', () => {
  it('has what the gateway needs, and nothing that only building and testing need', () => {
    const ours = readdirSync(join(app, 'node_modules/@emrex-gateway'))
    expect(ours).toEqual(expect.arrayContaining(['core', 'gateway', 'ncp', 'smp', 'store', 'web']))
    expect(ours.filter((name) => ['testing', 'town'].includes(name))).toEqual([])
    expect(readdirSync(app).sort()).toEqual(
      [
        '.npmrc',
        'LICENSE',
        'apps',
        'libs',
        'node_modules',
        'package-lock.json',
        'package.json',
        'sbom.cdx.json',
      ].sort(),
    )
    for (const name of ['jest', 'nx', 'eslint', 'prettier', '@swc/core', 'playwright-core', 'fast-check', 'dclint'])
      expect([name, existsSync(join(app, 'node_modules', name))]).toEqual([name, false])
    const own = ['libs', 'apps'].flatMap((parent) =>
      readdirSync(join(app, parent)).flatMap((each) => readdirSync(join(app, parent, each))),
    )
    expect(own.filter((name) => ['src', 'test', 'tsconfig.json'].includes(name))).toEqual([])
  })

  it('is read-only for everybody, and its user is a number that is not root', () => {
    expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    const writable = spawnSync('find', ['.', '!', '-type', 'l', '-perm', '/222'], { cwd: app, encoding: 'utf8' })
    expect([writable.status, writable.stdout]).toEqual([0, ''])
    const touched = spawnSync('touch', ['apps/new-file'], { cwd: app, ...asUser, encoding: 'utf8' })
    expect(touched.status).not.toBe(0)
  })

  it('starts as that user, is healthy, serves a page, and ends when it is told to', async () => {
    const origin = await furnish()
    const child = start([...listOf(lastOf(image, 'ENTRYPOINT')), ...listOf(lastOf(image, 'CMD'))])
    let said = ''
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const exit = once(child, 'exit')
    while (!said.includes('"gateway.started"') && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect([child.exitCode, said]).toEqual([null, expect.stringContaining('"gateway.started"')])

    const [, check] = / CMD (\[.*\])$/.exec(lastOf(image, 'HEALTHCHECK'))!
    const healthOf = async (url: string) =>
      (await once(start(listOf(check!), { HEALTH_URL: url }), 'exit'))[0] as number
    expect(await healthOf(`${origin}/health/live`)).toBe(0)
    expect(await healthOf(`${origin}/health/absent`)).toBe(1)
    expect(new URL(env['HEALTH_URL']!).port).toBe(lastOf(image, 'EXPOSE'))

    const page = await fetch(`${origin}/smp/example`)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Example University')])
    expect(existsSync(join(root, 'data/gateway.sqlite'))).toBe(true)

    child.kill(lastOf(image, 'STOPSIGNAL') as NodeJS.Signals)
    expect(await exit).toEqual([0, null])
  })

  it('lists each part that it has, and each has a licence that lets us pass it on', () => {
    const { components } = JSON.parse(readFileSync(join(app, 'sbom.cdx.json'), 'utf8')) as { components: Part[] }
    const { packages } = JSON.parse(readFileSync(join(app, 'node_modules/.package-lock.json'), 'utf8')) as {
      packages: Record<string, { name?: string; version: string; link?: true }>
    }
    const installed = Object.entries(packages)
      .filter(([, { link }]) => link === undefined)
      .map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`)
    const listed = components.map((part) => `${nameOf(part)}@${/@([^@]+)$/.exec(part.purl)![1]}`)
    expect([...new Set(listed)].sort()).toEqual([...new Set(installed)].sort())
    expect(listed.length).toBeGreaterThan(100)
    expect(notAllowed(components)).toEqual([])
  })

  it('is made from one base by steps that need no network of their own but for packages', () => {
    expect(new Set(stages.map(({ from }) => from)).size).toBe(1)
    const commands = stages.flatMap((stage) => allOf(stage, 'RUN'))
    expect(commands.filter((command) => /\b(curl|wget|apt-get|apk)\b|https?:/.test(command))).toEqual([])
  })
})
