import type { Claim } from '@emrex-gateway/core'
import { recordingHost } from '@emrex-gateway/testing'
import { sqlSettings, sqlSisPlugin } from '../src/index.js'
import { makeFixtureDatabase, type FixtureDatabase } from './fixture-database.js'
import { esi, fixtureRows } from './fixture-rows.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }

describe('find', () => {
  let database: FixtureDatabase
  beforeAll(async () => {
    database = await makeFixtureDatabase(fixtureRows)
  })
  afterAll(() => database.remove())

  const find = async (claims: Claim[], more: object = {}): Promise<string[]> => {
    const settings = sqlSettings.parse({ client: 'sqlite', file: database.file, ...more })
    const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
    try {
      const found = await connection.source!.find({ claims }, context)
      return found.map(({ person, institution }) => `${person}@${institution.code}`)
    } finally {
      await connection.close()
    }
  }
  it('says that codes can be sent only where the view has addresses and people are found by number', async () => {
    const institutions = async (file: string, more: object = {}) => {
      const settings = sqlSettings.parse({ client: 'sqlite', file, ...more })
      const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
      const all = await connection.source!.institutions(context)
      await connection.close()
      return all.map(({ hasContacts = false }) => hasContacts)
    }
    expect(await institutions(database.file)).toEqual([true, true])
    expect(await institutions(database.file, { find: { by: ['esi'] } })).toEqual([false, false])
    const without = await makeFixtureDatabase(fixtureRows)
    await without.run('alter table emrex_person drop column email')
    expect(await institutions(without.file)).toEqual([false, false])
    without.remove()
  })

  const name: Claim = { type: 'name', given: 'X', family: 'Y' }

  it('takes the same digits of another country for another number', async () => {
    expect(await find([{ type: 'nationalId', country: 'SE', value: '05068907693' }])).toEqual([])
  })

  it('takes a student number for one only at the university that issued it', async () => {
    expect(await find([{ type: 'learnerId', scheme: 'vik.example', value: 'S100' }])).toEqual(['key-vik@VIK'])
    expect(await find([{ type: 'learnerId', scheme: 'elsewhere.example', value: 'S100' }])).toEqual([])
  })

  it('takes further schemes of student numbers from the settings', async () => {
    const claims: Claim[] = [{ type: 'learnerId', scheme: 'feide', value: 'S100' }]
    expect(await find(claims, { find: { learnerIdSchemes: ['feide'] }, institutionCodes: ['VIK'] })).toEqual([
      'key-vik@VIK',
    ])
  })

  it('goes on to a weaker fact when nobody fits the stronger one', async () => {
    const claims: Claim[] = [
      { type: 'nationalId', country: 'SE', value: '191212121212' },
      { type: 'esi', value: esi('2') },
    ]
    expect(await find(claims)).toEqual(['key-bo@FJELL'])
  })

  it('lets the strongest fact decide alone', async () => {
    const claims: Claim[] = [
      { type: 'nationalId', country: 'NO', value: '05068907693' },
      { type: 'esi', value: esi('2') },
    ]
    expect(await find(claims)).toEqual(['key-ada@FJELL'])
  })

  it('searches by birth date only where a name can be compared afterwards', async () => {
    const birthDate: Claim = { type: 'birthDate', value: '2000-02-29' }
    expect(await find([birthDate])).toEqual([])
    expect(await find([birthDate, name])).toEqual(['key-bo@FJELL'])
  })

  it('searches by nothing that the settings leave out', async () => {
    expect(await find([{ type: 'esi', value: esi('2') }], { find: { by: ['nationalId'] } })).toEqual([])
  })

  it('serves only the institutions of the settings', async () => {
    expect(await find([{ type: 'esi', value: esi('3') }], { institutionCodes: ['VIK'] })).toEqual(['key-cy@VIK'])
  })

  it('takes claims for values, whatever is in them', async () => {
    for (const value of ["' or 1=1 --", '%', '?', '\u0000', esi('2') + "' or '1'='1"])
      expect(
        await find([
          { type: 'esi', value },
          { type: 'nationalId', country: 'NO', value },
          { type: 'birthDate', value },
          name,
        ]),
      ).toEqual([])
  })

  it('reads no address and nothing beyond the agreed columns while it looks for somebody', async () => {
    const guarded = await makeFixtureDatabase(fixtureRows)
    // Reading such a column is an error of the database.
    await guarded.run(
      'alter table emrex_person rename to person_data',
      'alter table person_data drop column email',
      `create view emrex_person as select *, json('{') as email, json('{') as diary from person_data`,
      'alter table emrex_result rename to result_data',
      `create view emrex_result as select *, json('{') as diary from result_data`,
    )
    const settings = sqlSettings.parse({ client: 'sqlite', file: guarded.file })
    const { source, close } = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
    const subject = { claims: [{ type: 'esi' as const, value: esi('1') }] }
    const [found] = await source!.find(subject, context)
    const items = []
    for await (const item of source!.reports(found!, { failed: false, inProgress: false }, context, subject))
      items.push(item)
    expect(items[0]).toHaveProperty('learningOpportunitySpecification')
    await expect(source!.contact!(found!, context)).rejects.toMatchObject({ name: 'SisError' })
    await close()
    guarded.remove()
  })

  it('refuses a protected person who is found by a number, and nobody else', async () => {
    const protecting = await makeFixtureDatabase(fixtureRows)
    await protecting.run(
      `update emrex_person set protected = '1' where person_key = 'key-cy' and institution_code = 'VIK'`,
      `update emrex_person set birth_date = '2000-02-29' where person_key = 'key-cy'`,
    )
    const settings = sqlSettings.parse({ client: 'sqlite', file: protecting.file })
    const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
    const ask = (claims: Claim[]) => connection.source!.find({ claims }, context)
    // Protected at one institution, and so everywhere; a weaker claim does not lead on to somebody else.
    await expect(
      ask([{ type: 'esi', value: esi('3') }, { type: 'birthDate', value: '2000-02-29' }, name]),
    ).rejects.toMatchObject({ name: 'SisError', kind: 'forbidden' })
    const sameDay = await ask([{ type: 'birthDate', value: '2000-02-29' }, name])
    expect(sameDay.map(({ person }) => person)).toEqual(['key-bo'])
    // Whose birth date it is alone is nobody's business.
    await protecting.run(`update emrex_person set birth_date = '1999-09-09' where person_key = 'key-cy'`)
    expect(await ask([{ type: 'birthDate', value: '1999-09-09' }, name])).toEqual([])
    await connection.close()
    protecting.remove()
  })
})
