import { importTargetContract } from '@emrex-gateway/testing/contracts'
import { studentOf } from '@emrex-gateway/testing/population'
import { fsUnderTest, subjectOf, type FsUnderTest } from './fs-under-test.js'
import { sampleDelivery } from './sample-delivery.js'

const ada = studentOf('ada')
const started: FsUnderTest[] = []

importTargetContract('sis-fs', {
  student: subjectOf(ada),
  unknownPerson: { claims: [{ type: 'learnerId', scheme: 'first.example', value: '404404' }] },
  contact: { byNumber: subjectOf(ada, 'learnerId'), email: ada.email! },
  logged: () => started.flatMap((fs) => fs.logged()),
  personalData: [ada.family, ada.given, ada.number, ada.nationalId!.value, ada.birthDate, ada.email!],
  async open() {
    const fs = await fsUnderTest({}, { contactBy: 'institution' })
    started.push(fs)
    const itemsOf = (text: string) => (JSON.parse(text) as { items: unknown[] }).items.length
    return {
      connection: fs.connection,
      other: await fs.connect(),
      async imported() {
        const counts = fs.opened.map(({ files }) => itemsOf(files.find(({ name }) => name === 'results.json')!.text))
        return {
          deliveries: fs.opened.length,
          items: counts.reduce((sum, count) => sum + count, 0),
          documents: fs.opened.map(({ delivery }) => delivery.document.xml),
        }
      },
      refuseLastItem: async () => fs.refuseCases(),
      close: () => fs.close(),
    }
  },
})

describe('target of sis-fs', () => {
  it('leaves a case under the word by which FS knows such results, with the results in its own words', async () => {
    const fs = await fsUnderTest()
    try {
      const { target } = fs.connection
      expect(target!.can).toEqual({ findBy: ['nationalId', 'learnerId'], nationalIdsOf: ['NO'], mode: 'case' })
      // Where no addresses are given out there is no second proof either.
      expect([target!.institutions, target!.contact]).toEqual([undefined, undefined])
      const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
      await target!.submit(await sampleDelivery(), context)
      expect(fs.opened).toMatchObject([{ system: 'fs-first', remark: 'EMREX' }])
      expect(fs.opened[0]!.files.map(({ name }) => name)).toContain('eksternstudium.json')
    } finally {
      await fs.close()
    }
  })
})
