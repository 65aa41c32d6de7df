import type { Delivery } from '@emrex-gateway/core'
import { describeWith } from '@emrex-gateway/testing'
import { context } from './places/contract-on.js'
import { mariaDbPlace } from './places/maria-db-place.js'
import { onServer } from './places/on-server.js'
import type { Place } from './places/place.js'
import { withConnection } from './places/with-connection.js'

onServer({
  name: 'MariaDB',
  program: 'mariadb',
  start: mariaDbPlace,
  binary: 'longblob',
  waiting: `select count(*) as n from information_schema.processlist where user like 'gateway%' and state like '%lock%'`,
  untrusted: 'name the host as its certificate does',
  demandTls: async ({ owner }, { name }) => void (await owner.raw(`alter user ${name}@'127.0.0.1' require ssl`)),
})

describeWith(describe, 'mariadb', 'a document that MariaDB takes in no statement', () => {
  let place: Place
  beforeAll(async () => {
    place = await mariaDbPlace()
    await place.owner.raw(`set global max_allowed_packet = ${4 * 1024 ** 2}`)
  }, 120_000)
  afterAll(() => place?.close(), 60_000)

  const ofBytes = (bytes: number) =>
    ({
      id: `of-${bytes}`,
      owner: { person: 'p1' },
      match: { verdict: 'same', reasons: [] },
      origin: { ncp: 'Gora NCP', country: 'PL', receivedAt: '2026-01-02T03:04:05.000Z' },
      document: { xml: new Uint8Array(bytes), elmo: { reports: [] } },
    }) as unknown as Delivery

  it(
    'waits, and the failure and the check say what to raise',
    () =>
      withConnection(place, { role: 'importer', more: { target: true } }, async ({ target, check }) => {
        const failure = { kind: 'unsupported', message: expect.stringContaining('max_allowed_packet') as string }
        await expect(target!.submit(ofBytes(2 * 1024 ** 2), context)).rejects.toMatchObject(failure)
        expect(await target!.submit(ofBytes(1.9 * 1024 ** 2), context)).toMatchObject({ state: 'queued' })
        const { ok, findings } = await check(context)
        expect(ok).toBe(true)
        expect(findings).toContainEqual(
          expect.stringContaining('documents of 2 MB and more wait until max_allowed_packet'),
        )
      }),
    60_000,
  )
})
