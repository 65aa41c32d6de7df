import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeThrowawayAuthority, type ThrowawayAuthority } from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { context, openFor, subjectOf } from './contract-on.js'
import type { Place, PlaceUser } from './place.js'

/** The authority of the servers of one spec, and the certificate of a server on this machine. */
export async function makeServerCertificate() {
  const authority = await makeThrowawayAuthority()
  const issued = await authority.issue('CN=database', { names: ['localhost'] })
  return { authority, tls: issued }
}

/**
 * Connections with TLS. `demand` makes the server take this user with TLS alone; `wrongName` is what is said about an
 * address that is not in the certificate.
 */
export function tlsOn(
  name: string,
  place: () => Place,
  authority: () => ThrowawayAuthority,
  wrongName: string,
  demand: (place: Place, user: PlaceUser) => Promise<void>,
): void {
  describe(`TLS to ${name}`, () => {
    let folder: string
    let user: PlaceUser
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'sis-sql-tls-'))
      writeFileSync(join(folder, 'right.pem'), authority().certificate)
      writeFileSync(join(folder, 'wrong.pem'), (await makeThrowawayAuthority()).certificate)
      user = await place().user('reader')
      await demand(place(), user)
    }, 60_000)
    afterAll(async () => {
      await user.close()
      rmSync(folder, { recursive: true })
    })

    const healthWith = async (more: object) => {
      const connection = await openFor(user, more)
      try {
        const health = await connection.check(context)
        const found = health.ok ? await connection.source!.find(subjectOf(studentOf('ada')), context) : []
        return { ...health, found: found.length }
      } finally {
        await connection.close()
      }
    }
    // The name in the certificate; the users of a place come by an address.
    const connection = () => (user.settings['connection'] as string).replace('127.0.0.1', 'localhost')

    it('reads over a connection that the server demands to be encrypted', async () => {
      const tls = { caFile: join(folder, 'right.pem') }
      expect(await healthWith({ connection: connection(), tls })).toEqual({ ok: true, findings: [], found: 1 })
    }, 60_000)

    it('refuses a server whose certificate is for another name', async () => {
      const tls = { caFile: join(folder, 'right.pem') }
      const outcome = await healthWith({ tls }).catch((error: unknown) => String(error))
      expect(JSON.stringify(outcome)).toContain(wrongName)
      expect(JSON.stringify(outcome)).not.toContain('"ok":true')
    }, 60_000)

    it('refuses a server whose certificate nobody vouches for', async () => {
      for (const tls of [{ caFile: join(folder, 'wrong.pem') }, {}])
        expect(await healthWith({ connection: connection(), tls })).toMatchObject({
          ok: false,
          // Behind it stands the code of the driver.
          findings: [expect.stringMatching(/^the certificate of the database is not trusted \([A-Z_]+\)$/)],
        })
    }, 60_000)
  })
}
