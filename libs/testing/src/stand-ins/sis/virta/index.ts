export { startVirta, type Virta, type VirtaOptions } from './start-virta.js'
export { virtaSchemaFiles } from './virta-schema.js'
export {
  henkilotunnusOf,
  oppijanumeroOf,
  virtaGrades,
  virtaStudent,
  type VirtaGrade,
  type VirtaResult,
  type VirtaStudent,
} from './virta-student.js'
export * from './virta-dialect.js'
