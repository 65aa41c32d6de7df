export { findDatabaseProgram } from './database-program.js'
export type { CrashingServer, DatabaseServer, DatabaseServerOptions } from './database-server.js'
export { startMariaDb } from './start-maria-db.js'
export { postgresUrl, startPostgres } from './start-postgres.js'
