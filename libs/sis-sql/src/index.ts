export { ddlFor, ddlStatements } from './ddl-for.js'
export { sqlSisPlugin } from './sql-sis-plugin.js'
export { sqlSettings, type SqlClient, type SqlSettings } from './sql-settings.js'
export {
  importContract,
  viewContract,
  type ColumnKind,
  type ColumnRule,
  type ImportTableName,
  type ViewName,
  type ViewRule,
} from './view-contract.js'
