import { mariaDbPlace } from './places/maria-db-place.js'
import { onServer } from './places/on-server.js'

onServer({
  name: 'MariaDB',
  program: 'mariadb',
  start: mariaDbPlace,
  binary: 'longblob',
  waiting: `select count(*) as n from information_schema.processlist where user like 'gateway%' and state like '%lock%'`,
  untrusted: 'name the host as its certificate does',
  demandTls: async ({ owner }, { name }) => void (await owner.raw(`alter user ${name}@'127.0.0.1' require ssl`)),
})
