import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareTown } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { parse, stringify } from 'yaml'

jest.setTimeout(120_000)

const program = fileURLToPath(new URL('list-loaded.mjs', import.meta.url))
/** What not every gateway needs, each with a file by which it is known. */
const optional = [
  '/node_modules/nodemailer/',
  '/node_modules/@opentelemetry/sdk-trace/',
  '/node_modules/@nestjs/swagger/',
  '/node_modules/node-forge/',
  '/node_modules/soap/',
  '/node_modules/openid-client/',
  '/libs/identity-saml/',
  '/libs/identity-eidas/',
  '/libs/sis-usos/',
  '/libs/sis-ladok/',
  '/libs/sis-virta/',
  '/libs/sis-fs/',
  '/libs/sis-rest/',
]

interface SomeSettings {
  readonly mail?: object
  readonly operations?: object
}

/** Which of them a gateway of a town loads at its start. */
async function loadedAtStart(change: (settings: SomeSettings) => SomeSettings): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-loads-'))
  const rewriteSettings = (yaml: string) => stringify(change(parse(yaml) as SomeSettings))
  const town = await prepareTown({ folder, port: 0, rewriteSettings })
  try {
    const child = fork(program, [town.settingsFile])
    const [loaded] = (await once(child, 'message')) as [readonly string[]]
    child.kill('SIGKILL')
    expect(loaded.filter((url) => url.includes('/libs/sis-sql/'))).not.toEqual([])
    return optional.filter((part) => loaded.some((url) => url.includes(part)))
  } finally {
    await town.close()
    rmSync(folder, { recursive: true })
  }
}

describe('a gateway at its start', () => {
  it('loads nothing for what its settings do not name', async () => {
    expect(await loadedAtStart(({ mail: _, ...others }) => others)).toEqual([])
  })

  it('loads what sends mail and traces where they name it', async () => {
    const traces = { endpoint: 'http://127.0.0.1:9/v1/traces' }
    expect(await loadedAtStart((settings) => ({ ...settings, operations: { traces } }))).toEqual([
      '/node_modules/nodemailer/',
      '/node_modules/@opentelemetry/sdk-trace/',
    ])
  })
})
