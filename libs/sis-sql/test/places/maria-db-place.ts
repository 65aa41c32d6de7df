import knex from 'knex'
import { startMariaDb, type DatabaseServerOptions } from '@emrex-gateway/testing'
import type { Place } from './place.js'
import { database, serverPlace, type ServerWords } from './server-place.js'

interface RawConnection {
  query(sql: string, done: (error: unknown) => void): void
}

export const mariaDbWords: ServerWords = {
  client: 'mysql',
  protocol: 'mysql',
  open: ({ port, admin }, name) =>
    knex({
      client: 'mysql2',
      connection: { host: '127.0.0.1', port, ...admin, ...(name === undefined ? {} : { database: name }) },
      pool: {
        min: 0,
        max: 1,
        // The server is set so that backslashes mean nothing; the driver of the owner writes with them.
        afterCreate: (raw: RawConnection, done: (error: unknown, raw: RawConnection) => void) =>
          raw.query(`set session sql_mode = 'STRICT_ALL_TABLES'`, (error) => done(error, raw)),
      },
    }),
  createUser: (name, password) => `create user ${name}@'127.0.0.1' identified by '${password}'`,
  changePassword: (name, password) => `alter user ${name}@'127.0.0.1' identified by '${password}'`,
  grant: (rights, table, name) => `grant ${rights} on ${database}.${table} to ${name}@'127.0.0.1'`,
  revoke: (rights, table, name) => `revoke ${rights} on ${database}.${table} from ${name}@'127.0.0.1'`,
  renameView: (from, to) => `rename table ${from} to ${to}`,
  lock: ['lock tables emrex_data_result write'],
  refuseThirdItem: [
    `create trigger refuse before insert on emrex_import_item for each row
     if new.item_no = 3 then signal sqlstate '45000' set message_text = 'refused'; end if`,
  ],
  refuseNoMore: ['drop trigger refuse'],
}

/** Debian's MariaDB. */
export const mariaDbPlace = async (options: DatabaseServerOptions = {}): Promise<Place> =>
  serverPlace(await startMariaDb(options), mariaDbWords)
