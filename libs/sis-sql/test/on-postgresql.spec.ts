import { describeWith, type ThrowawayAuthority } from '@emrex-gateway/testing'
import { contractOn } from './places/contract-on.js'
import { ddlOn } from './places/ddl-on.js'
import type { Place } from './places/place.js'
import { postgresPlace } from './places/postgres-place.js'
import { queriesOn } from './places/queries-on.js'
import { makeServerCertificate, tlsOn } from './places/tls-on.js'
import { typesOn } from './places/types-on.js'

describeWith(describe, 'postgresql', 'PostgreSQL', () => {
  let place: Place
  let authority: ThrowawayAuthority
  beforeAll(async () => {
    const made = await makeServerCertificate()
    authority = made.authority
    place = await postgresPlace({ tls: made.tls })
  }, 120_000)
  afterAll(() => place?.close(), 60_000)

  contractOn('PostgreSQL', () => place, {
    down: 'unavailable',
    slow: 'timeout',
    truncated: 'unavailable',
    failing: 'bad-data',
    'credential-refused': 'credential',
    forbidden: 'forbidden',
  })
  ddlOn('PostgreSQL', () => place)
  typesOn('PostgreSQL', () => place, 'bytea')
  queriesOn(
    'PostgreSQL',
    () => place,
    `select count(*) as n from pg_stat_activity
     where usename like 'gateway%' and state = 'active' and wait_event_type = 'Lock'`,
  )
  tlsOn(
    'PostgreSQL',
    () => place,
    () => authority,
    'the certificate of the database is not trusted',
    async ({ owner }, { name }) => {
      // The first rule that fits counts.
      await owner.raw(`create temporary table rules (line text)`)
      const { rows } = (await owner.raw('show hba_file')) as { rows: { hba_file: string }[] }
      const file = rows[0]!.hba_file
      await owner.raw(`copy rules from '${file}'`)
      await owner.raw(`copy (select 'hostnossl all ${name} all reject' union all select * from rules) to '${file}'`)
      await owner.raw('select pg_reload_conf()')
    },
  )
})
