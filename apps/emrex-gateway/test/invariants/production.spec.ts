import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLog, loadSettings, SettingsError, startGateway } from '@emrex-gateway/gateway'
import { freePort, makeThrowawaySigner } from '@emrex-gateway/testing'
import { ncpIds, townSettings, universities } from '@emrex-gateway/town'
import { jest } from '@jest/globals'

jest.setTimeout(120_000)

const launcher = fileURLToPath(new URL('../../bin/emrex.mjs', import.meta.url))
/** The settings of the town name a demonstration login for students and one for staff, and one for each NCP. */
const demoLogins = universities.length * 2 + ncpIds.length

let folder: string
let port: number
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-production-'))
  port = await freePort()
  writeFileSync(join(folder, 'seal.key'), randomBytes(32).toString('base64'))
  const signer = await makeThrowawaySigner()
  for (const ncp of ncpIds) {
    writeFileSync(join(folder, `${ncp}.key.pem`), signer.privateKey)
    writeFileSync(join(folder, `${ncp}.pem`), signer.certificate)
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The town's settings with another first line, and with https where only a demonstration may go without. */
function settingsFile(environment: string, scheme = 'https'): string {
  const text = townSettings({ port, catalogueUrl: 'http://127.0.0.1:9/catalogue-v1.xml', logLevel: 'silent' })
  const file = join(folder, 'settings.yaml')
  writeFileSync(file, text.replace('environment: demo\n', environment).replaceAll('http://', `${scheme}://`))
  return file
}

const problemsOf = async (file: string): Promise<SettingsError['problems']> => {
  try {
    const running = await startGateway(loadSettings(file), createLog('silent'))
    await running.stop()
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}

describe('10. A demo plugin does not start when `environment: production`.', () => {
  it.each([
    ['in production', 'environment: production\n'],
    ['when the file does not say, which means production', ''],
    ['in a test system', 'environment: test\n'],
  ])('is refused %s, every one of them at once', async (_when, environment) => {
    const problems = await problemsOf(settingsFile(environment))
    expect(problems.map(({ path }) => path)).toEqual(Array.from({ length: demoLogins }, (_, at) => `logins.${at}`))
    for (const { message } of problems) expect(message).toContain('lets everybody be anybody')
    expect(existsSync(join(folder, 'gateway.sqlite'))).toBe(false)
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow('fetch failed')
  })

  it('starts with the same file when it says demo', async () => {
    expect(await problemsOf(settingsFile('environment: demo\n'))).toEqual([])
    rmSync(join(folder, 'gateway.sqlite'))
  })

  it('refuses the plain http of a demonstration too, every address at once', async () => {
    const problems = await problemsOf(settingsFile('environment: production\n', 'http'))
    const addresses = problems.filter(({ message }) => message.startsWith('must be https'))
    expect(addresses).toHaveLength(universities.length + ncpIds.length + 1)
  })

  it('makes the command end with 78, say what is wrong, and print nothing else', () => {
    const file = settingsFile('environment: production\n')
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, 'serve', '--settings', file], {
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect([status, stdout]).toEqual([78, ''])
    const lines = stderr.split('\n').filter((line) => /^ {2}logins\.\d+: .*lets everybody be anybody/.test(line))
    expect(lines).toHaveLength(demoLogins)
    expect(stderr).not.toMatch(/^ {4}at /m)
    expect(existsSync(join(folder, 'gateway.sqlite'))).toBe(false)
  })
})
