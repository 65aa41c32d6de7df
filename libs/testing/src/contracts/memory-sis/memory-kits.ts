import type { Claim, Subject } from '@emrex-gateway/core'
import { recordingHost } from '../../recording-host.js'
import { studentOf, students, type Dialect, type Student } from '../../population/index.js'
import type { ImportTargetKit } from '../import-target.js'
import type { ResultSourceKit } from '../result-source.js'
import type { BrokenParts, SisUnderTest } from '../sis-under-test.js'
import { esiOf, memoryConnection, memoryFailures } from './memory-connection.js'
import { memoryGrades } from './memory-results.js'
import { MemorySystem } from './memory-system.js'
import type { PlantedFault } from './planted-fault.js'

const dialect: Dialect = { language: 'sv', grades: memoryGrades, lacks: [] }

const claimOf = (student: Student, way: Claim['type']): Claim[] => {
  const { nationalId, number, birthDate, given, family } = student
  if (way === 'nationalId') return nationalId === undefined ? [] : [{ type: 'nationalId', ...nationalId }]
  if (way === 'esi') return [{ type: 'esi', value: esiOf(student) }]
  if (way === 'learnerId') return [{ type: 'learnerId', scheme: 'first.example', value: number }]
  return [
    { type: 'birthDate', value: birthDate },
    { type: 'name', given, family },
  ]
}
const subjectOf = (student: Student, way: Claim['type'] = 'learnerId'): Subject => ({ claims: claimOf(student, way) })
const twins = subjectOf(studentOf('kim'), 'birthDate')
const unknownPerson: Subject = { claims: [{ type: 'learnerId', scheme: 'first.example', value: '999999' }] }

const open = async (fault?: PlantedFault, broken?: BrokenParts): Promise<SisUnderTest> => {
  const system = new MemorySystem(broken)
  const host = recordingHost()
  const connection = memoryConnection(system, host.log, fault)
  return {
    connection,
    logged: () => host.lines,
    is: async (scenario) => void (system.scenario = scenario),
    subjectOf: async (student, way) => subjectOf(student, way),
    close: () => connection.close(),
  }
}

export const sourceKit = (fault?: PlantedFault): ResultSourceKit => ({
  dialect,
  open: () => open(fault),
  ways: ['nationalId', 'esi', 'learnerId', 'birthDate'],
  unknownPerson,
  ambiguous: twins,
  failures: memoryFailures,
  openBroken: { circle: () => open(fault, 'circle'), 'missing-whole': () => open(fault, 'missing-whole') },
})

export const targetKit = (fault?: PlantedFault): ImportTargetKit => ({
  student: subjectOf(studentOf('ada')),
  unknownPerson,
  ambiguous: twins,
  contact: { byNumber: subjectOf(studentOf('ada')), email: studentOf('ada').email! },
  personalData: students.flatMap(({ family, number, key }) => [family, number, key]),
  open: async () => {
    const system = new MemorySystem()
    const host = recordingHost()
    const [connection, other] = [memoryConnection(system, host.log, fault), memoryConnection(system, host.log, fault)]
    return {
      connection,
      other,
      logged: () => host.lines,
      imported: async () => ({
        deliveries: system.deliveries.length,
        items: system.deliveries.reduce((sum, { items }) => sum + items, 0),
        documents: system.deliveries.map(({ document }) => document),
      }),
      refuseLastItem: async () => void (system.next = 'refused'),
      loseNextAnswer: async () => void (system.next = 'answer-lost'),
      close: async () => {
        await connection.close()
        await other.close()
      },
    }
  },
})
