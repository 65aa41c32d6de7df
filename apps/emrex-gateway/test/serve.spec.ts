import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'

jest.setTimeout(60_000)
const launcher = fileURLToPath(new URL('../bin/emrex.mjs', import.meta.url))

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-serve-'))
  const { privateKey, certificate } = await makeThrowawaySigner()
  write('seal.key', randomBytes(32).toString('base64'))
  write('key.pem', privateKey)
  write('certificate.pem', certificate)
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** A system of somebody outside; `create` is what it does when it is opened. */
function publish(name: string, create: string): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: './index.js' }))
  write(
    `node_modules/${name}/index.js`,
    `export default { apiVersion: 1, name: '${name}', config: { safeParse: (data) => ({ success: true, data }) },
      create: async (settings, host, id) => { ${create}
        return { id, source: { can: { findBy: [] }, institutions: async () => [] },
          check: async () => ({ ok: true, findings: [] }), close: async () => {} } } }`,
  )
}

function settings(plugin: string, change: object = {}): string {
  const login = { country: 'NO', people: [{ id: 'a', given: 'Aino', family: 'Esimerkki' }] }
  const entry = { title: 'Abroad', publicUrl: 'http://127.0.0.1:4000', logins: ['people'], sources: ['records'] }
  const whole = {
    ...{ environment: 'demo', listen: { port: 0 }, database: { file: './gateway.sqlite' } },
    seal: { keyFile: './seal.key' },
    logins: [{ id: 'people', plugin: 'demo', settings: login }],
    systems: [{ id: 'records', plugin }],
    ncp: [{ ...entry, id: 'abroad', signing: { keyFile: './key.pem', certificateFile: './certificate.pem' } }],
    ...change,
  }
  write('settings.yaml', JSON.stringify(whole))
  return join(folder, 'settings.yaml')
}

/** Runs the command; `seen` is asked with each piece of its output, and may send it a signal. */
async function run(of: readonly string[], seen: (output: string, child: ReturnType<typeof spawn>) => void = () => {}) {
  const child = spawn(process.execPath, [launcher, ...of], { stdio: ['ignore', 'pipe', 'pipe'] })
  const tired = setTimeout(() => child.kill('SIGKILL'), 20_000)
  try {
    child.stdout.on('data', (part) => seen(String(part), child))
    const [[code, signal], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)])
    return { end: [code, signal] as unknown[], stderr }
  } finally {
    clearTimeout(tired)
  }
}

describe('emrex serve', () => {
  it('ends when the address for operators is in use, and does not stay to answer without a database', async () => {
    publish('plain', '')
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const file = settings('plain', { operations: { admin: { port } } })
    const { end, stderr } = await run(['serve', '--settings', file])
    expect({ end, stderr }).toEqual({
      end: [1, null],
      stderr: `${file}: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    })
    other.close()
  })

  it('says what is wrong with an address that it cannot listen at, and how it ends', async () => {
    publish('plain', '')
    const file = settings('plain', { listen: { host: 'emrex.invalid', port: 0 } })
    expect(await run(['serve', '--settings', file])).toEqual({
      end: [1, null],
      stderr: `${file}: getaddrinfo ENOTFOUND emrex.invalid\n`,
    })
  })

  it('ends at SIGTERM while it still starts, and takes no harm from SIGHUP', async () => {
    // As one that waits for a server far away.
    publish('waits', "console.log('opening'); setInterval(() => {}, 1000); await new Promise(() => {})")
    const { end } = await run(['serve', '--settings', settings('waits')], (output, child) => {
      if (!output.includes('opening')) return
      child.kill('SIGHUP')
      setTimeout(() => child.kill('SIGTERM'), 300)
    })
    // By a signal would not do: the first process of a container is not ended by one.
    expect(end).toEqual([0, null])
  })
})

describe('a plugin that leaves a timer behind', () => {
  beforeAll(() => publish('leaks', 'setInterval(() => {}, 1000)'))

  it('keeps no command from its end', async () => {
    expect(await run(['config', 'check', settings('leaks')])).toEqual({ end: [0, null], stderr: '' })
    expect(await run(['sis', 'check', settings('leaks')])).toEqual({ end: [0, null], stderr: '' })
  })

  it('keeps no gateway that was stopped', async () => {
    const file = settings('leaks', { operations: { drainNoticeSeconds: 0 } })
    const { end } = await run(['serve', '--settings', file], (output, child) => {
      if (output.includes('gateway.started')) child.kill('SIGTERM')
    })
    expect(end).toEqual([0, null])
  })
})
