import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildGateway, createLog, loadSettings, parseSettings, SettingsError } from '@emrex-gateway/gateway'
import { findApiKey } from '@emrex-gateway/smp'
import { jest } from '@jest/globals'
import { parse } from 'yaml'
import { apiKeyCommand } from '../../src/cli/api-key-command.js'
import { sisCheckCommand } from '../../src/cli/sis-check-command.js'

const hash = `sha256:${'A'.repeat(43)}`
const purpose = {
  ...{ id: 'degree', title: { en: 'A job' }, legalBasis: { en: 'Consent' } },
  ...{ fields: 'proof-of-degree', retentionDays: 30 },
}
const client = { id: 'hr', name: 'Jobs', keys: [{ id: 'k', hash, scopes: ['requests:read'] }], purposes: ['degree'] }
const hook = { id: 'main', url: 'https://jobs.example/events', secretFile: './hook' }
const api = { purposes: [purpose], clients: [client] }
const smp = { id: 'jobs', title: 'Results', publicUrl: 'https://emrex.example', logins: [], api }
const settings = (entry: object, more: object = {}) => ({
  ...{ database: { file: './gateway.sqlite' }, seal: { keyFile: './seal.key' } },
  registries: [{ id: 'none', kind: 'static', entries: [] }],
  smp: [entry],
  ...more,
})
const pathsOf = (entry: object, more?: object): string[] => {
  try {
    parseSettings('settings.yaml', JSON.stringify(settings(entry, more)))
    return []
  } catch (error) {
    return (error as SettingsError).problems.map(({ path }) => path)
  }
}
const withClient = (change: object) => ({ ...smp, api: { ...api, clients: [{ ...client, ...change }] } })

describe('the settings of the import API', () => {
  it('take a list of fields by its name or written out', () => {
    expect(pathsOf(smp)).toEqual([])
    const written = { ...purpose, fields: ['degree-title', 'degree-date'] }
    expect(pathsOf({ ...smp, api: { ...api, purposes: [written] } })).toEqual([])
  })

  it.each<[string, object, string[]]>([
    ['a target beside the api', { ...smp, target: 'records' }, ['smp.0.target', 'smp.0.target']],
    ['neither a target nor an api', { ...smp, api: undefined }, ['smp.0.target', 'smp.0.logins']],
    ['staff, for whom there are no cases', { ...smp, staffLogin: 'x' }, ['smp.0.staffLogin', 'smp.0.staffLogin']],
    [
      'a field that is none',
      { ...smp, api: { ...api, purposes: [{ ...purpose, fields: ['all'] }] } },
      ['smp.0.api.purposes.0.fields'],
    ],
    [
      'a purpose without a title',
      { ...smp, api: { ...api, purposes: [{ ...purpose, title: {} }] } },
      ['smp.0.api.purposes.0.title'],
    ],
    ['a purpose that does not exist', withClient({ purposes: ['never'] }), ['smp.0.api.clients.0.purposes.0']],
    [
      'a key in place of its hash',
      withClient({ keys: [{ id: 'k', hash: 'emrex_k_x', scopes: ['requests:read'] }] }),
      ['smp.0.api.clients.0.keys.0.hash'],
    ],
    [
      'a scope that is none',
      withClient({ keys: [{ id: 'k', hash, scopes: ['all'] }] }),
      ['smp.0.api.clients.0.keys.0.scopes.0'],
    ],
    [
      'two clients with a key of one id',
      { ...smp, api: { ...api, clients: [client, { ...client, id: 'other' }] } },
      ['smp.0.api.clients.1.keys.0.id'],
    ],
    [
      'a receiver without https',
      withClient({ webhooks: [{ ...hook, url: 'http://jobs.example/events' }] }),
      ['smp.0.api.clients.0.webhooks.0.url'],
    ],
    [
      'a receiver with a password in its address, where no event would ever arrive',
      withClient({ webhooks: [{ ...hook, url: 'https://emrex:geheim@jobs.example/events' }] }),
      ['smp.0.api.clients.0.webhooks.0.url'],
    ],
  ])('refuse %s', (_, entry, expected) => {
    expect([...new Set(pathsOf(entry))].sort()).toEqual([...new Set(expected)].sort())
  })

  it('permit plain http between loopback addresses in a demonstration alone', () => {
    const local = withClient({ webhooks: [{ ...hook, url: 'http://127.0.0.1:9/events' }] })
    expect(pathsOf(local)).toEqual(['smp.0.api.clients.0.webhooks.0.url'])
    expect(pathsOf(local, { environment: 'demo' })).toEqual([])
  })

  it('refuse a secret of a receiver that is not there, or is none, before anything is opened', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-api-'))
    try {
      const text = JSON.stringify(
        settings(withClient({ webhooks: [hook, { ...hook, id: 'other', secretFile: './absent' }] })),
      )
      // A good one does not make up for one beside it that is none.
      writeFileSync(join(folder, 'hook'), `whsec_${Buffer.alloc(24, 1).toString('base64')}\nwhsec_short\n`)
      writeFileSync(join(folder, 'seal.key'), Buffer.alloc(32, 1).toString('base64'))
      const file = join(folder, 'settings.yaml')
      writeFileSync(file, text)
      const loaded = loadSettings(file)
      const error: unknown = await buildGateway(loaded, createLog('silent')).catch((thrown: unknown) => thrown)
      expect((error as SettingsError).problems).toEqual([
        { path: 'smp.0.api.clients.0.webhooks.0.secretFile', message: expect.stringContaining('whsec_') },
        { path: 'smp.0.api.clients.0.webhooks.1.secretFile', message: expect.stringContaining('does not exist') },
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('emrex sis check', () => {
  it('has nothing to try where an entry serves other systems alone, and calls that no wrong usage', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-api-'))
    const file = join(folder, 'settings.yaml')
    writeFileSync(file, JSON.stringify(settings(smp)))
    writeFileSync(join(folder, 'seal.key'), Buffer.alloc(32, 7).toString('base64'))
    const said: string[] = []
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    const code = await sisCheckCommand(file, undefined)
    write.mockRestore()
    rmSync(folder, { recursive: true })
    expect([code, said]).toEqual([0, [`${file}: names no systems\n`]])
  })
})

describe('emrex api-key new', () => {
  it('prints a key and the line by which it is known', () => {
    const said: string[] = []
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    const code = apiKeyCommand('jobs-1')
    write.mockRestore()
    expect(code).toBe(0)
    const [, key = '', , line = ''] = said.join('').split('\n')
    const keys = parse(line) as never
    expect(findApiKey([{ ...client, keys, webhooks: [] }], `Bearer ${key.trim()}`).key.id).toBe('jobs-1')
    expect(line).not.toContain(key.trim().slice(-20))
  })
})
