import { fsDialect } from '@emrex-gateway/testing'
import { failuresOverHttp, resultSourceContract } from '@emrex-gateway/testing/contracts'
import { fsUnderTest } from './fs-under-test.js'

resultSourceContract('sis-fs', {
  dialect: fsDialect,
  open: () => fsUnderTest({}, { descriptionCategories: ['INNHOLD'] }),
  ways: ['nationalId', 'learnerId'],
  unknownPerson: {
    claims: [
      { type: 'nationalId', country: 'SE', value: '191212121212' },
      { type: 'learnerId', scheme: 'first.example', value: '404404' },
      { type: 'learnerId', scheme: 'elsewhere.example', value: '500101' },
      { type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:first.example:500101' },
      { type: 'birthDate', value: '1989-06-05' },
      { type: 'name', given: 'Nobody', family: 'Atall' },
    ],
  },
  failures: { ...failuresOverHttp, 'error-with-200': 'bad-data' },
})
