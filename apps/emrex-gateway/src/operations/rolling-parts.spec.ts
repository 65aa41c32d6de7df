import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '@emrex-gateway/core'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { SettingsFiles } from '../serve/settings-files.js'
import { loadSettings } from '../settings/load-settings.js'
import { KeyRollover } from './key-rollover.js'
import { Metrics } from './metrics.js'
import { rollingParts } from './rolling-parts.js'

describe('the settings, changed while the gateway runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-rolling-'))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const entry = (id: string, keys: string) => ({
    ...{ id, title: 'Abroad', publicUrl: 'https://abroad.example', logins: ['people'], sources: ['records'] },
    signing: { keyFile: `./${keys}.key`, certificateFile: `./${keys}.pem` },
  })
  const settings = (...ncp: readonly object[]) =>
    write(
      'settings.yaml',
      JSON.stringify({
        ...{ database: { file: './gateway.sqlite' }, seal: { keyFile: './seal.key' }, ncp },
        logins: [{ id: 'people', plugin: 'demo' }],
        systems: [{ id: 'records', plugin: 'sql' }],
      }),
    )
  afterAll(() => rmSync(folder, { recursive: true }))

  it('leave an entry the key that it has, where they do not name it any more and wait for a restart', async () => {
    write('seal.key', Buffer.alloc(32, 7).toString('base64'))
    for (const name of ['one', 'two']) {
      const signer = await makeThrowawaySigner({ commonName: name })
      write(`${name}.key`, signer.privateKey)
      write(`${name}.pem`, signer.certificate)
    }
    settings(entry('abroad', 'one'), entry('other', 'one'))
    const loaded = loadSettings(join(folder, 'settings.yaml'))
    const signing = {
      ncp: loaded.settings.ncp.map((each) => new SettingsFiles(loaded).signing('signing', each.signing)),
      smp: [],
    }
    const reader = (fresh: typeof loaded) => new SettingsFiles(fresh)
    const store = { replaceSealKeys: async () => {} }
    const parts = rollingParts({ loaded, reader, signing, mail: { password: '' }, store, reopening: new Map() })
    const rollover = new KeyRollover(parts, Date.now() + 1000, new Metrics(), silentLog)

    settings(entry('abroad', 'two'), entry('other', 'one'))
    await rollover.check()
    const taken = signing.ncp[0]
    settings(entry('renamed', 'two'), entry('other', 'one'))
    await rollover.check()
    expect(rollover.refused).toEqual([])
    expect([signing.ncp[0], new SettingsFiles(loaded).text('', './two.pem')]).toEqual([taken, taken?.certificate])

    // And who reads in the health that they are refused is told where to look.
    write('settings.yaml', 'ncp: 7')
    await rollover.check()
    expect(rollover.refused).toEqual([{ what: 'settings', why: 'they cannot be used; `emrex config check` says why' }])
  })

  it('have the password of the mail server taken from its file again, and keep it where they name none any more', async () => {
    write('seal.key', Buffer.alloc(32, 7).toString('base64'))
    write('mail.password', 'first\n')
    const mailOf = { host: 'smtp.example.edu', from: 'emrex@example.edu', user: 'emrex' }
    const written = (mail: object) =>
      write(
        'settings.yaml',
        JSON.stringify({
          ...{ database: { file: './gateway.sqlite' }, seal: { keyFile: './seal.key' }, mail },
          ...{ logins: [{ id: 'people', plugin: 'demo' }], systems: [{ id: 'records', plugin: 'sql' }] },
          ncp: [entry('abroad', 'one')],
        }),
      )
    written({ ...mailOf, passwordFile: './mail.password' })
    const loaded = loadSettings(join(folder, 'settings.yaml'))
    const mail = { password: 'first' }
    const signing = { ncp: [new SettingsFiles(loaded).signing('signing', loaded.settings.ncp[0]!.signing)], smp: [] }
    const store = { replaceSealKeys: async () => {} }
    const reader = (fresh: typeof loaded) => new SettingsFiles(fresh)
    const parts = rollingParts({ loaded, reader, signing, mail, store, reopening: new Map() })
    const rollover = new KeyRollover(parts, Date.now() + 1000, new Metrics(), silentLog)
    const seen: string[] = []
    const look = async (change: () => void) => {
      change()
      await rollover.check()
      seen.push(mail.password)
    }
    await look(() => write('mail.password', 'second\n'))
    await look(() => write('mail.password', '\n'))
    expect(rollover.refused).toEqual([{ what: 'mail', why: 'the file ./mail.password is empty' }])
    await look(() => write('mail.password', 'third\n'))
    await look(() => written({ host: 'smtp.example.edu', from: 'emrex@example.edu' }))
    expect([seen, rollover.refused]).toEqual([['second', 'second', 'third', 'third'], []])
  })
})
