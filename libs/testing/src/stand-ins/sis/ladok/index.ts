export { ladokDialect } from './ladok-dialect.js'
export { ladokEsiOf, ladokOwnStudent, type LadokStudent } from './ladok-students.js'
export type { LadokUniversity } from './ladok-universities.js'
export { startLadok, type LadokOptions, type LadokStandIn } from './start-ladok.js'
