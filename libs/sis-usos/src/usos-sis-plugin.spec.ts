import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordingHost } from '@emrex-gateway/testing'
import { usosSettings } from './usos-settings.js'
import { usosSisPlugin } from './usos-sis-plugin.js'

describe('usosSisPlugin', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'usos-'))
    writeFileSync(join(folder, 'secret'), 'invented\n')
    writeFileSync(join(folder, 'empty'), '\n')
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const settings = (more: object) => ({
    baseUrl: 'https://usos.example/api',
    consumerKey: 'key',
    consumerSecretFile: join(folder, 'secret'),
    institution: { schac: 'uczelnia.example' },
    ...more,
  })
  const create = (more: object, environment: 'production' | 'test' = 'production') =>
    usosSisPlugin.create(usosSettings.parse(settings(more)), recordingHost({ environment }), 'usos')

  it('starts without asking anybody', async () => {
    const host = recordingHost({ fetch: () => Promise.reject(new Error('nobody is to be asked')) })
    const connection = await usosSisPlugin.create(usosSettings.parse(settings({})), host, 'usos')
    expect(connection).toMatchObject({ id: 'usos', source: { can: { delegated: true, findBy: [] } } })
    expect(connection.login?.info).toMatchObject({ id: 'usos', kind: 'student', countries: ['PL'], bestLoa: 'low' })
  })

  it('says which setting is wrong', async () => {
    await expect(create({ consumerSecretFile: '/nowhere/secret' })).rejects.toThrow(
      'settings.consumerSecretFile: cannot read "/nowhere/secret" (ENOENT)',
    )
    await expect(create({ consumerSecretFile: join(folder, 'empty') })).rejects.toThrow('the file is empty')
    await expect(create({ baseUrl: 'https://usos.example/?a=1' })).rejects.toThrow('settings.baseUrl')
  })

  it('goes without TLS nowhere but to the own machine, and not even there in production', async () => {
    await expect(create({ baseUrl: 'http://usos.example/' }, 'test')).rejects.toThrow('must begin with https')
    await expect(create({ baseUrl: 'http://127.0.0.1:1/' })).rejects.toThrow('must begin with https')
    await expect(create({ baseUrl: 'http://127.0.0.1:1/' }, 'test')).resolves.toBeDefined()
  })

  it('takes no settings that it does not know, and no secret among them', () => {
    expect(usosSettings.safeParse(settings({})).success).toBe(true)
    for (const more of [
      { consumerSecret: 'x' },
      { institution: {} },
      { institution: { schac: 'UW' } },
      { loa: 'best' },
      { timeZone: 'Mars/North' },
    ])
      expect(usosSettings.safeParse(settings(more)).success).toBe(false)
    expect(usosSettings.parse(settings({})).baseUrl).toBe('https://usos.example/api/')
  })
})
