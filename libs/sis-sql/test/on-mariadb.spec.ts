import { describeWith, type ThrowawayAuthority } from '@emrex-gateway/testing'
import { contractOn } from './places/contract-on.js'
import { ddlOn } from './places/ddl-on.js'
import { mariaDbPlace } from './places/maria-db-place.js'
import type { Place } from './places/place.js'
import { queriesOn } from './places/queries-on.js'
import { makeServerCertificate, tlsOn } from './places/tls-on.js'
import { typesOn } from './places/types-on.js'

describeWith(describe, 'mariadb', 'MariaDB', () => {
  let place: Place
  let authority: ThrowawayAuthority
  beforeAll(async () => {
    const made = await makeServerCertificate()
    authority = made.authority
    place = await mariaDbPlace({ tls: made.tls })
  }, 120_000)
  afterAll(() => place?.close(), 60_000)

  contractOn('MariaDB', () => place, {
    down: 'unavailable',
    slow: 'timeout',
    truncated: 'unavailable',
    failing: 'bad-data',
    'credential-refused': 'credential',
    forbidden: 'forbidden',
  })
  ddlOn('MariaDB', () => place)
  typesOn('MariaDB', () => place, 'longblob')
  queriesOn(
    'MariaDB',
    () => place,
    `select count(*) as n from information_schema.processlist where user like 'gateway%' and state like '%lock%'`,
  )
  tlsOn(
    'MariaDB',
    () => place,
    () => authority,
    'name the host as its certificate does',
    async ({ owner }, { name }) => void (await owner.raw(`alter user ${name}@'127.0.0.1' require ssl`)),
  )
})
