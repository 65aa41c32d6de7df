import type { Claim, SisConnection, SisContext, Subject } from '@emrex-gateway/core'
import { esiOfStudent, recordingHost, sqlInstitutions, sqlWords } from '@emrex-gateway/testing'
import { importTargetContract, resultSourceContract, type ResultSourceKit } from '@emrex-gateway/testing/contracts'
import { studentOf, type Student } from '@emrex-gateway/testing/population'
import { sqlSettings, sqlSisPlugin } from '../../src/index.js'
import type { Place, PlaceUser } from './place.js'
import { withConnection } from './with-connection.js'

const host = recordingHost()
export const context: SisContext = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }

export const openFor = (user: PlaceUser, more: object = {}): Promise<SisConnection> =>
  sqlSisPlugin.create(sqlSettings.parse({ ...user.settings, ...more }), host, 'university')

/** How a login names a student. */
export function subjectOf(student: Student, way?: Claim['type']): Subject {
  const number: Claim = { type: 'learnerId', scheme: sqlInstitutions.first.domain, value: student.number }
  const esi: Claim = { type: 'esi', value: esiOfStudent(student) }
  const { nationalId } = student
  if (way === 'learnerId') return { claims: [number] }
  if (way === 'birthDate') return byBirthDate(student)
  if (way === 'esi' || nationalId === undefined) return { claims: [esi] }
  return { claims: [{ type: 'nationalId', ...nationalId }] }
}

const byBirthDate = ({ birthDate, given, family }: Student): Subject => ({
  claims: [
    { type: 'birthDate', value: birthDate },
    { type: 'name', given, family },
  ],
})

const unknownPerson: Subject = {
  claims: [
    { type: 'nationalId', country: 'SE', value: '191212121212' },
    { type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:first.example:404' },
    { type: 'learnerId', scheme: sqlInstitutions.first.domain, value: '404' },
    { type: 'birthDate', value: '1912-12-12' },
    { type: 'name', given: 'Nobody', family: 'Atall' },
  ],
}

/** Both kits, on one kind of database. */
export function contractOn(name: string, place: () => Place, failures: ResultSourceKit['failures']): void {
  resultSourceContract(`sis-sql on ${name}`, {
    dialect: sqlWords,
    ways: ['nationalId', 'esi', 'learnerId', 'birthDate'],
    unknownPerson,
    ambiguous: byBirthDate(studentOf('kim')),
    failures,
    open: async () => {
      const user = await place().user('reader')
      const connection = await openFor(user)
      return {
        connection,
        logged: () => host.lines,
        is: (scenario) => user.is(scenario),
        subjectOf: async (student, way) => subjectOf(student, way),
        close: async () => {
          await connection.close()
          await user.close()
        },
      }
    },
  })

  const ada = studentOf('ada')
  importTargetContract(`sis-sql on ${name}`, {
    student: subjectOf(ada),
    contact: { byNumber: subjectOf(ada, 'learnerId'), email: ada.email! },
    unknownPerson,
    personalData: [ada.given, ada.family, ada.birthDate, ada.number, ada.key, ada.nationalId!.value, ada.email!],
    logged: () => host.lines,
    async open() {
      const { owner } = place()
      await owner('emrex_import_item').delete()
      await owner('emrex_import').delete()
      const [one, two] = [await place().user('importer'), await place().user('importer')]
      const [connection, other] = [await openFor(one, { target: true }), await openFor(two, { target: true })]
      let undo: () => Promise<void> = async () => {}
      return {
        connection,
        other,
        async imported() {
          const documents: { elmo_xml: Uint8Array }[] = await owner('emrex_import').select('elmo_xml')
          const items: unknown[] = await owner('emrex_import_item').select('item_no')
          return {
            deliveries: documents.length,
            items: items.length,
            documents: documents.map(({ elmo_xml }) => elmo_xml),
          }
        },
        refuseLastItem: async () => {
          undo = await place().refuseThirdItem()
        },
        async close() {
          await connection.close()
          await other.close()
          await undo()
          await one.close()
          await two.close()
        },
      }
    },
  })

  describe(`addresses on ${name}`, () => {
    it('gives the address on file, none where there is none, and none of a person who is gone', () =>
      withConnection(place(), {}, async ({ source }) => {
        const [found] = await source!.find(subjectOf(ada), context)
        expect(await source!.contact!(found!, context)).toEqual({ email: ada.email })
        const [without] = await source!.find(subjectOf(studentOf('bo')), context)
        expect(await source!.contact!(without!, context)).toEqual({})
        expect(await source!.contact!({ ...found!, person: 'gone' }, context)).toEqual({})
        // Another institution has its own, or none.
        const elsewhere = { ...found!.institution, code: sqlInstitutions.second.code }
        expect(await source!.contact!({ ...found!, institution: elsewhere }, context)).toEqual({})
      }))
  })
}
