import type { Enrolment, LazyAttachment, SisConnection } from '@emrex-gateway/core'
import { recordingHost } from '@emrex-gateway/testing'
import { sqlSettings, sqlSisPlugin } from '../src/index.js'
import { makeFixtureDatabase, type FixtureDatabase } from './fixture-database.js'
import { esi } from './fixture-rows.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
const bytes = Buffer.alloc(600 * 1024, 'one piece after the other, ')

describe('attachments', () => {
  let database: FixtureDatabase
  let connection: SisConnection
  let enrolment: Enrolment
  const lazy: LazyAttachment = { id: 'U/a', key: 'a', mediaType: 'application/pdf' }

  beforeEach(async () => {
    database = await makeFixtureDatabase({
      institution: [{ institution_code: 'U', title: 'Uni' }],
      person: ['1', '2'].map((number) => ({
        person_key: `p${number}`,
        institution_code: 'U',
        given_names: 'Bo',
        family_name: 'Tomsen',
        esi: esi(number),
      })),
      attachment: [
        { person_key: 'p1', attachment_key: 'a', content: bytes },
        { person_key: 'p1', attachment_key: 'of-another', institution_code: 'V', content: bytes },
        { person_key: 'p2', attachment_key: 'of-somebody', content: bytes },
      ],
    })
    const settings = sqlSettings.parse({ client: 'sqlite', file: database.file, attachmentMaxBytes: 700 * 1024 })
    connection = await sqlSisPlugin.create(settings, recordingHost(), 'uni')
    enrolment = (await connection.source!.find({ claims: [{ type: 'esi', value: esi('1') }] }, context))[0]!
  })
  afterEach(async () => {
    await connection.close()
    database.remove()
  })

  const open = (attachment: LazyAttachment = lazy, given = context) =>
    connection.source!.openAttachment!(enrolment, attachment, given)[Symbol.asyncIterator]()
  const readAll = async (attachment?: LazyAttachment): Promise<Buffer[]> => {
    const pieces: Buffer[] = []
    const reading = open(attachment)
    for (let next = await reading.next(); next.done !== true; next = await reading.next())
      pieces.push(Buffer.from(next.value))
    return pieces
  }

  it('come in pieces', async () => {
    const pieces = await readAll()
    expect(pieces.map(({ length }) => length)).toEqual([256 * 1024, 256 * 1024, 88 * 1024])
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
  })

  it.each(['gone', 'of-another', 'of-somebody'])(
    'are those of this person at this institution alone: %s',
    async (key) => {
      await expect(readAll({ ...lazy, key })).rejects.toMatchObject({ name: 'SisError', kind: 'bad-data' })
    },
  )

  it('are not read when they have grown beyond the limit since they were named', async () => {
    await database.run(`update emrex_attachment set content = zeroblob(${700 * 1024 + 1}) where attachment_key = 'a'`)
    await expect(readAll()).rejects.toThrow('the attachment is larger than the settings allow')
  })

  it('are not passed on when they change while they are read', async () => {
    const reading = open()
    await reading.next()
    await database.run(`update emrex_attachment set content = zeroblob(10) where attachment_key = 'a'`)
    await expect(reading.next()).rejects.toThrow('the attachment changed while it was read')
  })

  it('stop between two pieces when they are called off', async () => {
    const stop = new AbortController()
    const reading = open(lazy, { ...context, signal: stop.signal })
    await reading.next()
    stop.abort()
    await expect(reading.next()).rejects.toMatchObject({ name: 'SisError', kind: 'timeout' })
  })
})
