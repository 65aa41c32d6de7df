export { openStore, type StoreOptions } from './open-store.js'
export { openPostgres, type PostgresOptions } from './postgres/open-postgres.js'
export type { SealKeys } from './seal.js'
