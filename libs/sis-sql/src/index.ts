export { sqlSisPlugin } from './sql-sis-plugin.js'
export { sqlSettings, type SqlSettings } from './sql-settings.js'
export { importContract, viewContract, type ImportTableName, type ViewName, type ViewRule } from './view-contract.js'
