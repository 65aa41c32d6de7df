import type { SisConnection, Subject } from '@emrex-gateway/core'
import { recordingHost } from '@emrex-gateway/testing'
import { importTargetContract, resultSourceContract } from '@emrex-gateway/testing/contracts'
import { sqlSettings, sqlSisPlugin } from '../src/index.js'
import { makeFixtureDatabase, type FixtureDatabase } from './fixture-database.js'
import { esi, fixtureRows, largePdfSha256, strangeTitles } from './fixture-rows.js'

const host = recordingHost()
const open = (file: string, more: object = {}): Promise<SisConnection> =>
  sqlSisPlugin.create(sqlSettings.parse({ client: 'sqlite', file, ...more }), host, 'fjell')

const byEsi = (number: string): Subject => ({ claims: [{ type: 'esi', value: esi(number) }] })
const ada = byEsi('1')
const unknownPerson: Subject = {
  claims: [
    { type: 'nationalId', country: 'SE', value: '191212121212' },
    { type: 'esi', value: esi('404') },
    { type: 'learnerId', scheme: 'fjell.example', value: 'S404' },
    { type: 'birthDate', value: '1912-12-12' },
    { type: 'name', given: 'Nobody', family: 'Atall' },
  ],
}
const personalData = [
  'Nordmann',
  'Ada Marie',
  '05068907693',
  '1989-06-05',
  'S100',
  esi('1'),
  'key-ada',
  'Atall',
  'ada@student',
]

describe('sis-sql', () => {
  let database: FixtureDatabase
  beforeAll(async () => {
    database = await makeFixtureDatabase(fixtureRows)
  })
  afterAll(() => database.remove())

  resultSourceContract('sis-sql on SQLite', {
    open: () => open(database.file),
    openBroken: () => open(`${database.file}.absent`),
    logged: () => host.lines,
    personalData,
    unknownPerson,
    noResults: byEsi('2'),
    severalInstitutions: { subject: byEsi('3'), results: { FJELL: ['CY-1'], VIK: ['CY-2'] } },
    waysToFind: {
      nationalId: { claims: [{ type: 'nationalId', country: 'NO', value: '05068907693' }] },
      esi: ada,
      learnerId: { claims: [{ type: 'learnerId', scheme: 'fjell.example', value: 'S100' }] },
      birthDate: {
        claims: [
          { type: 'birthDate', value: '1989-06-05' },
          { type: 'name', given: 'Ada', family: 'Nordmann' },
        ],
      },
    },
    contact: { subject: ada, email: 'ada@student.fjell.example' },
    zeroCredits: { subject: ada, result: 'HMS-0' },
    noCredits: { subject: ada, result: 'NOCRED' },
    halfCredits: { subject: ada, result: 'HALF', value: '7.5' },
    missingCode: { subject: ada, result: 'Course without a code' },
    parts: { subject: ada, result: 'WHOLE', parts: ['PART-1', 'PART-2'] },
    failed: { subject: ada, result: 'FAILED' },
    inProgress: { subject: ada, result: 'RUNNING' },
    withdrawn: { subject: ada, result: 'ANNULLED' },
    strangeTitles: { subject: byEsi('4'), titles: strangeTitles },
    largeAttachment: { subject: byEsi('5'), sha256: largePdfSha256 },
  })
})

importTargetContract('sis-sql on SQLite', {
  student: ada,
  contact: {
    byNumber: { claims: [{ type: 'learnerId', scheme: 'fjell.example', value: 'S100' }] },
    email: 'ada@student.fjell.example',
  },
  unknownPerson,
  personalData,
  logged: () => host.lines,
  async open() {
    const database = await makeFixtureDatabase(fixtureRows)
    const [connection, other] = [
      await open(database.file, { target: true }),
      await open(database.file, { target: true }),
    ]
    return {
      connection,
      other,
      async imported() {
        const documents = await database.select('select elmo_xml from emrex_import')
        const items = await database.select('select * from emrex_import_item')
        return {
          deliveries: documents.length,
          items: items.length,
          documents: documents.map(({ elmo_xml }) => elmo_xml as Uint8Array),
        }
      },
      refuseLastItem: () =>
        database.run(
          `create trigger refuse before insert on emrex_import_item when new.item_no = 3
           begin select raise(abort, 'refused'); end`,
        ),
      async close() {
        await connection.close()
        await other.close()
        database.remove()
      },
    }
  },
})
