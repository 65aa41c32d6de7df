import type { Claim, Subject } from '@emrex-gateway/core'
import {
  henkilotunnusOf,
  oppijanumeroOf,
  virtaDialect,
  virtaStudent,
  type VirtaOptions,
  type VirtaResult,
} from '@emrex-gateway/testing'
import { failuresOverHttp, resultSourceContract, type SisUnderTest } from '@emrex-gateway/testing/contracts'
import { studentOf, students, type Student } from '@emrex-gateway/testing/population'
import { openVirta } from './virta-under-test.js'

const byOid = (student: Student): Claim => ({
  type: 'learnerId',
  scheme: 'learner-id',
  value: oppijanumeroOf(student),
})
const byNumber = (student: Student): Claim => ({
  type: 'nationalId',
  country: 'FI',
  value: henkilotunnusOf(student),
})

function subjectOf(student: Student, way?: Claim['type']): Subject {
  const isNumbered = student.nationalId !== undefined
  return { claims: [way === 'learnerId' || (way === undefined && !isNumbered) ? byOid(student) : byNumber(student)] }
}

async function open(options: VirtaOptions = {}): Promise<SisUnderTest> {
  const { virta, connection, host, close } = await openVirta(options)
  return {
    connection,
    logged: () => host.lines,
    is: (scenario) => virta.is(scenario),
    subjectOf: async (student, way) => subjectOf(student, way),
    close,
  }
}

/** The first part of the whole names the whole as its own part. */
function dilanInACircle(): VirtaOptions {
  const { records, ...dilan } = virtaStudent(studentOf('dilan'), ['99901', '99902'])
  const circle = (result: VirtaResult) => (result.key === 'dilan-p1' ? { ...result, parts: ['dilan-whole'] } : result)
  return {
    students: students.filter(({ id }) => id !== 'dilan'),
    further: [{ ...dilan, records: records.map((record) => ({ ...record, results: record.results.map(circle) })) }],
  }
}

resultSourceContract('sis-virta', {
  dialect: virtaDialect,
  ways: ['nationalId', 'learnerId'],
  unknownPerson: {
    claims: [
      { type: 'nationalId', country: 'FI', value: '010101-000A' },
      { type: 'nationalId', country: 'SE', value: '191212121212' },
      { type: 'learnerId', scheme: 'learner-id', value: '1.2.246.562.24.00000000404' },
      { type: 'learnerId', scheme: 'another', value: '500101' },
      { type: 'birthDate', value: '1989-06-05' },
    ],
  },
  failures: { ...failuresOverHttp, 'error-with-200': 'unavailable' },
  open: () => open(),
  // VIRTA names parts from above: a whole that is missing cannot be written.
  openBroken: { circle: () => open(dilanInACircle()) },
})
