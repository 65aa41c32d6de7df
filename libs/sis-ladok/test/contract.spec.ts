import { ladokDialect, startLadok } from '@emrex-gateway/testing'
import { failuresOverHttp, resultSourceContract } from '@emrex-gateway/testing/contracts'
import { studentOf } from '@emrex-gateway/testing/population'
import { connectLadok } from './connect-ladok.js'
import { esiOf, subjectOf } from './subject-of.js'

resultSourceContract('sis-ladok', {
  dialect: ladokDialect,
  // Nobody of the population has a Swedish number: find.spec.ts shows the search by it.
  ways: ['esi', 'birthDate'],
  unknownPerson: {
    claims: [
      { type: 'nationalId', country: 'SE', value: '191212121212' },
      { type: 'esi', value: esiOf({ key: '1d0a6b1e-0000-4000-8000-000000000404' }) },
      { type: 'birthDate', value: '1912-12-12' },
      { type: 'name', given: 'Nobody', family: 'Atall' },
    ],
  },
  ambiguous: subjectOf(studentOf('kim'), 'birthDate'),
  failures: { ...failuresOverHttp, 'certificate-expired': 'credential', 'error-with-200': 'bad-data' },
  async open() {
    const ladok = await startLadok()
    const { connection, host, close } = await connectLadok(ladok)
    return {
      connection,
      logged: () => host.lines,
      is: (scenario) => ladok.is(scenario),
      subjectOf: async (student, way) => subjectOf(student, way),
      close: async () => {
        await close()
        await ladok.close()
      },
    }
  },
})
