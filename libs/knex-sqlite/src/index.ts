export { SqliteDriverError } from './choose-driver.js'
export { isUniqueViolation } from './is-unique-violation.js'
export { openSqlite, type SqliteOptions } from './open-sqlite.js'
export { sqliteDriverNames, sqliteDrivers, type SqliteDriverName } from './sqlite-drivers.js'
