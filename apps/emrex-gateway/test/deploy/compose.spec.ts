import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildGateway, createLog, loadSettings } from '@emrex-gateway/gateway'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { parse } from 'yaml'
import { lastOf, listOf, readDockerfile } from './read-dockerfile.js'

jest.setTimeout(120_000)

interface Service {
  readonly image: string
  readonly user: string
  readonly volumes: readonly string[]
  readonly ports?: readonly string[]
  readonly secrets: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly logging?: { readonly driver: string; readonly options?: Readonly<Record<string, string>> }
  readonly healthcheck?: { readonly test: readonly string[] }
}
interface Compose {
  readonly services: Readonly<Record<'database' | 'gateway', Service>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}

const workspace = fileURLToPath(new URL('../../../../', import.meta.url))
const folder = join(workspace, 'deploy/compose')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const { services, secrets } = parse(read('compose.yaml')) as Compose
const settingsText = read('gateway.yaml')
const image = readDockerfile(readFileSync(join(workspace, 'deploy/Dockerfile'), 'utf8')).at(-1)!
/** Names of secrets that a text names by their place in a container. */
const namedIn = (text: string) => [
  ...new Set([...text.matchAll(/\/run\/secrets\/([a-z-]+)/g)].map(([, name]) => name!)),
]

describe('compose.yaml', () => {
  it('is a compose file in which its linter finds nothing', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(workspace, 'node_modules/dclint/bin/dclint.cjs'), '--max-warnings', '0', join(folder, 'compose.yaml')],
      { encoding: 'utf8' },
    )
    expect([status, stdout.trim()]).toEqual([0, ''])
  })

  it.each(Object.entries(services))(
    'lets the log of the service %s fill no disk: left alone, Docker keeps all of it',
    (_, { logging }) => {
      expect(logging).toEqual({ driver: 'local', options: { 'max-file': '5', 'max-size': '50m' } })
    },
  )

  it.each(Object.entries(services))('gives the service %s nothing that it could do harm with', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      healthcheck: {
        test: ['CMD', ...(Array(service.healthcheck!.test.length - 1).fill(expect.any(String)) as string[])],
      },
    })
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/)
    expect(service.image).toMatch(/:\d/)
  })

  it('agrees with the image: its user, its volume, where it looks for settings', () => {
    const { gateway } = services
    expect(gateway.user).toBe(lastOf(image, 'USER'))
    expect(gateway.volumes.map((volume) => volume.split(':')[1])).toEqual(
      expect.arrayContaining([lastOf(image, 'VOLUME'), listOf(lastOf(image, 'CMD')).at(-1)!]),
    )
    expect(existsSync(join(folder, gateway.volumes.find((volume) => volume.startsWith('./'))!.split(':')[0]!))).toBe(
      true,
    )
  })

  it('gives each service the secrets that it reads and no others, and has none in its text', () => {
    expect([...services.gateway.secrets].sort()).toEqual(namedIn(settingsText).sort())
    expect([...services.database.secrets]).toEqual(namedIn(Object.values(services.database.environment!).join('\n')))
    expect(Object.keys(secrets).sort()).toEqual([...services.gateway.secrets].sort())
    for (const [name, { file }] of Object.entries(secrets)) expect(file).toBe(`./secrets/${name}`)
    expect(read('compose.yaml') + settingsText).not.toMatch(/(password|secret): (?!\/run)\S*[a-z0-9]{8}/i)
  })
})

describe('the settings for compose.yaml', () => {
  let place: string
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'emrex-compose-'))
    const signer = await makeThrowawaySigner()
    const contents: Readonly<Record<string, string>> = {
      'seal-key': randomBytes(32).toString('base64'),
      'signing-certificate': signer.certificate,
      'signing-key': signer.privateKey,
      'login-key': signer.privateKey,
    }
    for (const name of namedIn(settingsText))
      writeFileSync(join(place, name), contents[name] ?? randomBytes(32).toString('base64'))
  })
  afterAll(() => rmSync(place, { recursive: true }))

  /** The settings with the secrets where this test has them, and perhaps changed. */
  function settingsFile(change: (text: string) => string = (text) => text): string {
    const file = join(place, 'gateway.yaml')
    writeFileSync(file, change(settingsText.replaceAll('/run/secrets/', `${place}/`)))
    return file
  }

  it('name nothing that the gateway does not know, and reach the database of compose.yaml', () => {
    const { settings } = loadSettings(settingsFile())
    expect(settings.environment).toBe('production')
    expect(settings.listen.port).toBe(Number(services.gateway.ports![0]!.split(':').at(-1)))
    // The door for operators is open in the container, and on this machine alone.
    const { admin } = settings.operations
    expect(admin?.host).toBe('0.0.0.0')
    expect(services.gateway.ports).toContain(`127.0.0.1:${admin?.port}:${admin?.port}`)
    for (const port of services.gateway.ports!) expect(port).toMatch(/^127\.0\.0\.1:/)
    const { hostname, username, pathname } = new URL(settings.database.url!)
    expect([hostname, username, pathname.slice(1)]).toEqual([
      Object.keys(services).find((name) => name === 'database'),
      services.database.environment!['POSTGRES_USER'],
      services.database.environment!['POSTGRES_DB'],
    ])
  })

  it('open every plugin that they name', async () => {
    // No server is asked here, so a file takes the place of the database.
    const file = settingsFile((text) => text.replace(/database:\n.*\n.*\n/, 'database: { file: ./gateway.sqlite }\n'))
    const gateway = await buildGateway(loadSettings(file), createLog('silent'))
    // A doubtful match is a case: whoever begins with these settings must have somebody who sees it.
    expect(gateway.smps.map(({ staff }) => staff === undefined)).toEqual([false])
    expect([[...gateway.logins.keys()], [...gateway.systems.keys()]]).toEqual([['university'], ['records']])
    expect([gateway.ncps.length, gateway.smps.length]).toEqual([1, 1])
    await gateway.close()
  })
})
