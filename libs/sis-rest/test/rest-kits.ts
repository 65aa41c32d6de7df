import { refuseHandshakes, restDialect, restSubjectOf, type RestSisOptions } from '@emrex-gateway/testing'
import { failuresOverHttp, type ImportTargetKit, type ResultSourceKit } from '@emrex-gateway/testing/contracts'
import { studentOf, students, type Dialect } from '@emrex-gateway/testing/population'
import { openRest } from './rest-under-test.js'

const unknownPerson = {
  claims: [
    { type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:first.example:404' },
    { type: 'name', given: 'Nobody', family: 'Atall' },
  ],
} as const
const twins = restSubjectOf(studentOf('kim'), 'birthDate')

export const sourceKit = (options: RestSisOptions, lacks: Dialect['lacks'] = []): ResultSourceKit => ({
  dialect: { ...restDialect, lacks },
  open: async () => {
    const { sis, connection, lines, close } = await openRest(options)
    let refusing: { close(): Promise<void> } | undefined
    return {
      connection,
      logged: () => lines,
      is: async (scenario) => {
        if (scenario !== 'certificate-expired') return sis.is(scenario)
        await sis.is('down')
        refusing = await refuseHandshakes(Number(new URL(sis.origin).port))
      },
      subjectOf: async (student, way) => restSubjectOf(student, way),
      close: async () => {
        await refusing?.close()
        await close()
      },
    }
  },
  ways: ['nationalId', 'esi', 'learnerId', 'birthDate'],
  unknownPerson,
  ambiguous: twins,
  failures: {
    ...failuresOverHttp,
    ...(options.access === 'certificate' ? { 'certificate-expired': 'credential' } : {}),
  },
})

export const targetKit = (options: RestSisOptions): ImportTargetKit => ({
  student: restSubjectOf(studentOf('ada')),
  unknownPerson,
  ambiguous: twins,
  personalData: students.flatMap(({ family, number, key, birthDate }) => [family, number, key, birthDate]),
  open: async () => {
    const { sis, connection, open, lines, close } = await openRest(options)
    return {
      connection,
      other: await open(),
      logged: () => lines,
      imported: async () => {
        const { kept } = sis.deliveries
        return {
          deliveries: kept.length,
          items: kept.reduce((sum, { items }) => sum + items, 0),
          documents: kept.map(({ document }) => document),
        }
      },
      refuseLastItem: async () => sis.deliveries.nextIs('refused'),
      loseNextAnswer: async () => sis.deliveries.nextIs('lost'),
      close,
    }
  },
})
