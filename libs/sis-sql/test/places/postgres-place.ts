import knex from 'knex'
import { startPostgres, type DatabaseServerOptions } from '@emrex-gateway/testing'
import type { Place } from './place.js'
import { serverPlace, type ServerWords } from './server-place.js'

export const postgresWords: ServerWords = {
  client: 'pg',
  protocol: 'postgresql',
  open: ({ port, admin }, database = 'postgres') =>
    knex({
      client: 'pg',
      connection: { host: '127.0.0.1', port, ...admin, database },
      pool: { min: 0, max: 1 },
    }),
  createUser: (name, password) => `create role ${name} login password '${password}'`,
  changePassword: (name, password) => `alter role ${name} password '${password}'`,
  grant: (rights, table, name) => `grant ${rights} on ${table} to ${name}`,
  revoke: (rights, table, name) => `revoke ${rights} on ${table} from ${name}`,
  renameView: (from, to) => `alter view ${from} rename to ${to}`,
  lock: ['begin', 'lock table emrex_data_result in access exclusive mode'],
  refuseThirdItem: [
    `create function refuse() returns trigger language plpgsql as
     $$ begin if new.item_no = 3 then raise exception 'refused'; end if; return new; end $$`,
    'create trigger refuse before insert on emrex_import_item for each row execute function refuse()',
  ],
  refuseNoMore: ['drop trigger refuse on emrex_import_item', 'drop function refuse()'],
}

/** Debian's PostgreSQL. */
export const postgresPlace = async (options: DatabaseServerOptions = {}): Promise<Place> =>
  serverPlace(await startPostgres(options), postgresWords)
