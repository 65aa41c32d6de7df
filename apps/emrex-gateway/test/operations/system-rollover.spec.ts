import { writeFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sisContext } from '@emrex-gateway/core'
import { startRestSis, until, type RestSis } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import type { TownUnderTest } from '../town-under-test.js'
import { healthOf, townWithOperations } from './town-with-operations.js'

jest.setTimeout(120_000)

describe('the client certificate of a system', () => {
  let sis: RestSis
  let under: TownUnderTest
  const folder = mkdtempSync(join(tmpdir(), 'emrex-client-'))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  const ask = () => under.town.gateway.systems.get('records')!.source!.institutions(sisContext(20, 'test'))
  const shown = () => sis.seen.at(-1)?.request.client?.fingerprint256
  const look = () => under.town.gateway.operations.rollover.check()
  const issue = async (days: number) => {
    const notAfter = new Date(Date.now() + (days + 0.5) * 86_400_000)
    const { privateKey, certificate } = await sis.authority!.issue('CN=gateway', { notAfter })
    return { privateKey, certificate }
  }
  beforeAll(async () => {
    sis = await startRestSis({ access: 'certificate' })
    const first = await issue(40)
    write('client.key.pem', first.privateKey)
    write('client.pem', first.certificate)
    write('authority.pem', sis.authority!.certificate)
    const auth = { kind: 'certificate', keyFile: './client.key.pem', certificateFile: './client.pem' }
    const records = {
      id: 'records',
      plugin: 'rest',
      settings: { url: sis.url, auth, authoritiesFile: './authority.pem' },
    }
    under = await townWithOperations({
      options: { folder },
      change: (settings) => ({ ...settings, systems: [...(settings['systems'] as object[]), records] }),
    })
  })
  afterAll(async () => {
    await under.stop()
    await sis.close()
  })

  it('tells its days to whoever looks at the health', async () => {
    const { certificates, trouble } = await healthOf(under)
    expect(certificates).toContainEqual(
      expect.objectContaining({ use: 'system', name: 'system records', daysLeft: 40 }),
    )
    expect(trouble).toContain('certificate system system records: 40 days left')
  })

  it('is taken into use while questions are under way, and each of them is answered', async () => {
    await ask()
    const before = shown()
    const load = { goes: true }
    let answered = 0
    const carried = Array.from({ length: 3 }, async () => {
      while (load.goes) {
        await ask()
        answered += 1
      }
    })
    for (let rotation = 0; rotation < 3; rotation++) {
      const enough = answered + 3
      await until(() => answered >= enough)
      const next = await issue(200 + rotation)
      write('client.key.pem', next.privateKey)
      write('client.pem', next.certificate)
      await look()
    }
    load.goes = false
    await Promise.all(carried)
    await ask()
    expect([shown() === before, shown()]).toEqual([false, expect.any(String)])
    expect((await healthOf(under)).certificates.find(({ name }) => name === 'system records')?.daysLeft).toBe(202)
  })

  it('is refused when the system does not take it, and the one before goes on', async () => {
    await ask()
    const before = shown()
    const { makeThrowawayAuthority } = await import('@emrex-gateway/testing')
    const stranger = await (await makeThrowawayAuthority()).issue('CN=gateway')
    write('client.key.pem', stranger.privateKey)
    write('client.pem', stranger.certificate)
    await look()
    expect((await healthOf(under)).keys.refused.map(({ what }) => what)).toEqual(['system records'])
    await ask()
    expect(shown()).toBe(before)
  })
})
