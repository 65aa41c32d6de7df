export { fsDialect } from './fs-dialect.js'
export { problemsOfFsQuery } from './problems-of-fs-query.js'
export type { FsLanguageKeys } from './fs-schema.js'
export { fsSpecialStudent } from './fs-special-cases.js'
export {
  startFsSystem,
  type FsAuthKind,
  type FsCredential,
  type FsSystem,
  type FsSystemOptions,
} from './start-fs-system.js'
