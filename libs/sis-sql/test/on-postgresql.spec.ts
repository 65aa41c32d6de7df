import { onServer } from './places/on-server.js'
import { postgresPlace } from './places/postgres-place.js'

onServer({
  name: 'PostgreSQL',
  program: 'postgresql',
  start: postgresPlace,
  binary: 'bytea',
  waiting: `select count(*) as n from pg_stat_activity
    where usename like 'gateway%' and state = 'active' and wait_event_type = 'Lock'`,
  untrusted: 'the certificate of the database is not trusted',
  demandTls: async ({ owner }, { name }) => {
    // The first rule that fits counts.
    await owner.raw(`create temporary table rules (line text)`)
    const { rows } = (await owner.raw('show hba_file')) as { rows: { hba_file: string }[] }
    const file = rows[0]!.hba_file
    await owner.raw(`copy rules from '${file}'`)
    await owner.raw(`copy (select 'hostnossl all ${name} all reject' union all select * from rules) to '${file}'`)
    await owner.raw('select pg_reload_conf()')
  },
})
