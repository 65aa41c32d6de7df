import type { Claim, Subject } from '@emrex-gateway/core'
import { henkilotunnusOf, oppijanumeroOf, virtaGrades } from '@emrex-gateway/testing'
import { resultSourceContract } from '@emrex-gateway/testing/contracts'
import type { Dialect, Student } from '@emrex-gateway/testing/population'
import { openVirta } from './virta-under-test.js'

const dialect: Dialect = {
  language: 'fi',
  grades: virtaGrades,
  // A study that contains others is a module, whatever the population calls it.
  type: ({ kind, parts = [] }) => (kind === 'degree' ? 'Degree Programme' : parts.length > 0 ? 'Module' : 'Course'),
  lacks: [
    // Completed studies alone are delivered: the lists of grades hold none that fails.
    'failed',
    'in-progress',
    'withdrawn',
    'earlier-tries',
    // Its schema asks for a code and for Opintopiste with every study; study weeks stand beside them (reports.spec.ts).
    'no-code',
    'no-credits',
    'other-units',
    // Its schema has no place for them.
    'distributions',
    'levels',
    'terms',
    'attachments',
    // No public source says how it marks people whom the register protects.
    'protected-persons',
    'isak',
  ],
}

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

resultSourceContract('sis-virta', {
  dialect,
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
  failures: {
    down: 'unavailable',
    slow: 'timeout',
    failing: 'unavailable',
    'rate-limited': 'rate-limited',
    'web-page': 'bad-data',
    truncated: 'bad-data',
    'credential-refused': 'credential',
    forbidden: 'forbidden',
    'error-with-200': 'unavailable',
  },
  async open() {
    const { virta, connection, host, close } = await openVirta()
    return {
      connection,
      logged: () => host.lines,
      is: (scenario) => virta.is(scenario),
      subjectOf: async (student, way) => subjectOf(student, way),
      close,
    }
  },
})
