import { SisError, type Enrolment, type Subject } from '@emrex-gateway/core'
import { fsSpecialStudent, recordingHost, type FsAuthKind, type FsSystemOptions } from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { fsSettings, fsSisPlugin } from '../src/index.js'
import { fsUnderTest, subjectOf, type FsUnderTest } from './fs-under-test.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
const ada = studentOf('ada')
const byNumber = (value: string, scheme = 'first.example'): Subject => ({
  claims: [{ type: 'learnerId', scheme, value }],
})

async function withFs(work: (fs: FsUnderTest) => Promise<void>, options: FsSystemOptions = {}, settings: object = {}) {
  const fs = await fsUnderTest(options, settings)
  try {
    await work(fs)
  } finally {
    await fs.close()
  }
}
async function readAll(fs: FsUnderTest, enrolment: Enrolment): Promise<void> {
  const want = { failed: true, inProgress: true }
  for await (const _item of fs.connection.source!.reports(enrolment, want, context, { claims: [] }));
}
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  )

describe('sis-fs and its credential', () => {
  it.each<FsAuthKind>(['basic', 'header', 'bearer'])('shows it as %s', (auth) =>
    withFs(
      async (fs) => {
        expect(await fs.connection.source!.find(subjectOf(ada), context)).toHaveLength(1)
      },
      { auth },
    ),
  )

  it('belongs to one institution: the user of another is refused, and so is another institution', () =>
    withFs(async (fs) => {
      const second = await fs.connect({}, 'second')
      const [cyra] = await second.source!.find(byNumber(studentOf('cyra').number, 'second.example'), context)
      expect(cyra!.institution).toMatchObject({ code: '9902', schac: 'second.example' })
      // Ada is at the first alone.
      expect(await second.source!.find(subjectOf(ada), context)).toEqual([])
      const astray = await fs.connect({ organisasjonskode: '9902' })
      expect(await failureOf(astray.source!.find(subjectOf(ada), context))).toMatchObject({
        name: 'SisError',
        kind: 'forbidden',
        info: { connection: 'fs-first', upstreamCode: 'FORBIDDEN' },
      })
      expect(await astray.check(context)).toMatchObject({ ok: false })
    }))

  it('is read when the connection is made: a missing file is a plain error of the settings', async () => {
    const settings = fsSettings.parse({
      organisasjonskode: '9901',
      auth: { kind: 'basic', user: 'emrex', passwordFile: '/nowhere/password' },
      institution: { title: 'First' },
    })
    const error = await failureOf(fsSisPlugin.create(settings, recordingHost(), 'fs'))
    expect(String(error)).toContain('settings.auth.passwordFile: cannot read "/nowhere/password" (ENOENT)')
  })

  it('never goes over plain HTTP in production', async () => {
    const settings = fsSettings.parse({
      organisasjonskode: '9901',
      url: 'http://127.0.0.1:1/graphql/',
      auth: { kind: 'bearer', tokenFile: 'token' },
      institution: { title: 'First' },
    })
    const host = recordingHost({ environment: 'production' })
    expect(String(await failureOf(fsSisPlugin.create(settings, host, 'fs')))).toContain('must begin with https:')
  })
})

describe('sis-fs and people', () => {
  it('gives a national number of the register only: one that FS made up is none, and nobody is found by it', () =>
    withFs(async (fs) => {
      const source = fs.connection.source!
      const [found] = await source.find(subjectOf(ada), context)
      expect(found!.learner.identifier).toEqual([{ type: 'nationalIdentifier', value: ada.nationalId!.value }])
      const [sol] = await source.find(byNumber(fsSpecialStudent.number), context)
      expect(sol!.learner).toMatchObject({
        identifier: [{ type: 'esi', value: fsSpecialStudent.esi }],
        gender: '2',
        bday: '1990-09-09',
      })
      const madeUp: Subject = { claims: [{ type: 'nationalId', country: 'NO', value: fsSpecialStudent.elevenDigits }] }
      expect(await source.find(madeUp, context)).toEqual([])
    }))

  it('tries the next kind of number where the strongest fits nobody', () =>
    withFs(async (fs) => {
      const both: Subject = { claims: [...subjectOf(ada).claims, ...byNumber('500190', 'second.example').claims] }
      const second = await fs.connect({}, 'second')
      const number = studentOf('cyra').number
      const mixed: Subject = { claims: [...both.claims, ...byNumber(number, 'second.example').claims] }
      expect(await second.source!.find(mixed, context)).toMatchObject([{ foundBy: 'learnerId' }])
    }))

  it('takes a number of another scheme, and a Feide name, where the settings say that they mean a student', () =>
    withFs(async (fs) => {
      const source = fs.connection.source!
      expect(await source.find(byNumber(ada.number, 'learner-id'), context)).toEqual([])
      const open = await fs.connect({ learnerIdSchemes: ['learner-id'], feideSchemes: ['feide'] })
      expect(await open.source!.find(byNumber(ada.number, 'learner-id'), context)).toHaveLength(1)
      expect(await open.source!.find(byNumber('ada@first.example', 'feide'), context)).toHaveLength(1)
      expect(await source.find(byNumber('ada@first.example', 'feide'), context)).toEqual([])
    }))

  it('gives the address on file that the settings name, and says so of the institution', () =>
    withFs(async (fs) => {
      expect(fs.connection.source).not.toHaveProperty('contact')
      const [enrolment] = await fs.connection.source!.find(subjectOf(ada), context)
      const byInstitution = (await fs.connect({ contactBy: 'institution' })).source!
      expect(await byInstitution.institutions(context)).toMatchObject([{ code: '9901', hasContacts: true }])
      expect(await byInstitution.contact!(enrolment!, context)).toEqual({ email: ada.email })
      const byPrivate = (await fs.connect({ contactBy: 'private' })).source!
      expect(await byPrivate.contact!(enrolment!, context)).toEqual({})
      expect(await byInstitution.contact!({ ...enrolment!, person: 'gone' }, context)).toEqual({})
    }))

  it('gives nothing about a person whose address is blocked, and says who may help', () =>
    withFs(async (fs) => {
      const error = await failureOf(fs.connection.source!.find(byNumber(studentOf('isak').number), context))
      expect(error).toMatchObject({ kind: 'forbidden', info: { upstreamCode: 'ADRESSESPERRE' } })
    }))
})

describe('sis-fs and answers with errors', () => {
  it('never takes data with errors beside them for all that there is', () =>
    withFs(async (fs) => {
      const [enrolment] = await fs.connection.source!.find(subjectOf(ada), context)
      fs.system.failPartly({ message: `Exception while fetching data for ${ada.number}` })
      const error = await failureOf(readAll(fs, enrolment!))
      expect(error).toMatchObject({ name: 'SisError', kind: 'unavailable', retryable: true })
      expect(`${(error as SisError).stack} ${JSON.stringify(error)}`).not.toContain(ada.number)
      fs.system.failPartly({ message: 'No', code: 'FORBIDDEN' })
      expect(await failureOf(readAll(fs, enrolment!))).toMatchObject({ kind: 'forbidden' })
      fs.system.failPartly(undefined)
      await readAll(fs, enrolment!)
    }))

  it('says that fields are unknown where their flags are not sent, and where FS has renamed them', () =>
    withFs(async (fs) => {
      for (const settings of [{ featureFlags: [] }, { institutionArgument: 'eierInstitusjonsnummer' }]) {
        const connection = await fs.connect(settings)
        const error = await failureOf(connection.source!.find(subjectOf(ada), context))
        expect(error).toMatchObject({ kind: 'unsupported', info: { upstreamCode: 'ValidationError' } })
        const health = await connection.check(context)
        expect(health).toMatchObject({ ok: false })
        expect(health.findings[0]).toContain('featureFlags')
      }
    }))

  it.each(['mixed', 'new', 'old'] as const)('keeps to %s language keys where the settings say so', (languageKeys) =>
    withFs(
      async (fs) => {
        const [enrolment] = await fs.connection.source!.find(subjectOf(ada), context)
        await readAll(fs, enrolment!)
        for (const other of ['mixed', 'new', 'old'].filter((one) => one !== languageKeys)) {
          const connection = await fs.connect({ languageKeys: other })
          expect(await connection.check(context)).toMatchObject({ ok: false })
        }
      },
      { languageKeys },
      { languageKeys },
    ),
  )

  it('finds the language keys out once', () =>
    withFs(
      async (fs) => {
        const [enrolment] = await fs.connection.source!.find(subjectOf(ada), context)
        await readAll(fs, enrolment!)
        const first = fs.system.requests
        await readAll(fs, enrolment!)
        // Nine results on one page; the first time two families were tried in vain.
        expect([first, fs.system.requests - first]).toEqual([1 + 3, 1])
        expect((await fs.connection.check(context)).findings).toContainEqual(
          expect.stringContaining('language keys: old'),
        )
      },
      { languageKeys: 'old', maxPage: 100 },
    ))
})

describe('check of sis-fs', () => {
  it('says what the user may do, and what was never confirmed', () =>
    withFs(async (fs) => {
      const { ok, findings } = await fs.connection.check(context)
      expect(ok).toBe(true)
      expect(findings.slice(0, 2)).toEqual([
        'the user may ask for institution 9901',
        'every field that is asked for is known (flags: beta, experimental; language keys: mixed)',
      ])
      expect(findings.slice(2).every((line) => line.startsWith('not confirmed: '))).toBe(true)
      expect(findings.length).toBeGreaterThan(5)
    }))
})
