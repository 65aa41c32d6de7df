import { SisError } from '@emrex-gateway/core'
import { startVirta } from '@emrex-gateway/testing'
import { VirtaClient } from '../src/virta-client.js'
import { context } from './virta-under-test.js'

describe('the stand-in of VIRTA', () => {
  it('lets in the whole caller triple, and no part of it', async () => {
    const virta = await startVirta()
    const { system, user, key } = virta.caller
    const asked = (jarjestelma: string, tunnus: string, avain: string) =>
      new VirtaClient({ fetch, connection: 'virta' }, virta.url, { jarjestelma, tunnus, avain })
        .ask('Opintosuoritukset', { kansallinenOppijanumero: '1.2.246.562.24.00000500101' }, context)
        .then(
          (answer) => typeof answer,
          (error: unknown) => (error as SisError).kind,
        )
    expect(await asked(system, user, key)).toBe('object')
    expect(await asked('another', user, key)).toBe('credential')
    expect(await asked(system, 'another', key)).toBe('credential')
    expect(await asked(system, user, 'another')).toBe('credential')
    await virta.close()
  })
})
