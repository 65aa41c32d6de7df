import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  claimsOf,
  decideLookup,
  matchPerson,
  personFactsOfIdentity,
  personFactsOfLearner,
  type Identity,
  type Enrolment,
  type IdentifierScheme,
  type LazyAttachment,
  type SisConnection,
  type Subject,
} from '@emrex-gateway/core'
import { validateElmo, type LearningOpportunitySpecification, type Report } from '@emrex-gateway/elmo'
import { sqlSettings, sqlSisPlugin } from '@emrex-gateway/sis-sql'
import { recordingHost } from '@emrex-gateway/testing'
import { demoLoginPeople } from './demo-login-people.js'
import { makeUniversityDatabase } from './make-university-database.js'
import { staff, students } from './people.js'
import { strangeTitles } from './records.js'
import { stories, type Story } from './stories.js'
import { universities, type UniversityId } from './universities.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
const connections = new Map<UniversityId, SisConnection>()
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'town-'))
  for (const { id } of universities) {
    const file = join(folder, `${id}.sqlite`)
    await makeUniversityDatabase(id, file)
    connections.set(
      id,
      await sqlSisPlugin.create(sqlSettings.parse({ client: 'sqlite', file, target: true }), recordingHost(), id),
    )
  }
})
afterAll(async () => {
  for (const connection of connections.values()) await connection.close()
  rmSync(folder, { recursive: true })
})

/** What a login says about a person. */
function identityOf(id: string): Identity {
  const { given, family, birthDate, birthName, identifiers } = demoLoginPeople().find((person) => person.id === id)!
  return {
    provider: 'town',
    issuer: 'town',
    subject: id,
    loa: 'substantial',
    authenticatedAt: '2026-01-01T00:00:00Z',
    names: [
      { given, family, kind: 'current' },
      ...(birthName === undefined ? [] : [{ given, family: birthName, kind: 'birth' as const }]),
    ],
    ...(birthDate === undefined ? {} : { birthDate: { value: birthDate, precision: 'day' } }),
    identifiers: identifiers.map(({ scheme, value }) => ({
      scheme: scheme as IdentifierScheme,
      value,
      persistence: 'lifelong',
    })),
    roles: [],
  }
}

const subjectOf = (id: string): Subject => claimsOf(identityOf(id))

const universitiesOf = (story: Story): UniversityId[] =>
  universities.filter(({ ncp }) => ncp === story.ncp).map(({ id }) => id)

async function fetched(story: Story, want = { failed: false, inProgress: false }) {
  const enrolments: Enrolment[] = []
  const reports: Report[] = []
  const lazyAttachments: LazyAttachment[] = []
  for (const id of universitiesOf(story)) {
    const source = connections.get(id)!.source!
    const subject = subjectOf(story.logsInAbroadAs ?? story.student)
    for (const enrolment of await source.find(subject, context)) {
      enrolments.push(enrolment)
      for await (const item of source.reports(enrolment, want, context, subject))
        if (!('notice' in item)) {
          const { lazyAttachments: lazy = [], ...report } = item
          reports.push(report)
          lazyAttachments.push(...lazy)
        }
    }
  }
  return { enrolments, reports, lazyAttachments, results: everyResult(reports) }
}

function everyResult(reports: readonly Report[]): LearningOpportunitySpecification[] {
  const down = (los: LearningOpportunitySpecification): LearningOpportunitySpecification[] => [
    los,
    ...(los.parts ?? []).flatMap(down),
  ]
  return reports.flatMap((report) => report.learningOpportunitySpecification ?? []).flatMap(down)
}

const storyOf = (id: string): Story => stories.find((story) => story.id === id)!
const codeOf = (los: LearningOpportunitySpecification) => los.identifier?.find(({ type }) => type === 'local')?.value
const creditsOf = (los: LearningOpportunitySpecification) => los.instance.credit?.[0]?.value

describe('the universities of the town', () => {
  it.each(universities.map(({ id }) => id))('%s has every view that the gateway asks for', async (id) => {
    expect(await connections.get(id)!.check(context)).toEqual({ ok: true, findings: [] })
  })

  it('are the same on every run', async () => {
    const digests = []
    for (const name of ['once.sqlite', 'again.sqlite']) {
      await makeUniversityDatabase('jadrograd', join(folder, name))
      digests.push(
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      )
    }
    expect(digests[0]).toBe(digests[1])
  })

  it('are not written over', async () => {
    await expect(makeUniversityDatabase('solvik', join(folder, 'solvik.sqlite'))).rejects.toThrow('is there already')
  })
})

describe('the people of the town', () => {
  it('share no identifier and no id', () => {
    const everyone = demoLoginPeople()
    const identifiers = everyone.flatMap((person) =>
      person.identifiers.map(({ scheme, value }) => `${scheme} ${value}`),
    )
    expect(new Set(identifiers).size).toBe(identifiers.length)
    expect(new Set(everyone.map(({ id }) => id)).size).toBe(students.length + staff.length)
  })

  it('have no national number that is not a published test number', () => {
    const published = ['05068907693', '44051401359', '69435151530']
    expect(students.flatMap(({ nationalId }) => nationalId?.value ?? [])).toEqual(expect.arrayContaining(published))
    for (const { nationalId } of students) if (nationalId) expect(published).toContain(nationalId.value)
  })

  it('include a case worker for each university', () => {
    expect(staff.map(({ home }) => home)).toEqual(universities.map(({ id }) => id))
    for (const { roles } of staff) expect(roles).toEqual(['staff'])
  })
})

describe('stories', () => {
  it('show each person, under an id of its own', () => {
    expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length)
    const shown = new Set(stories.flatMap(({ student, logsInAbroadAs }) => [student, logsInAbroadAs]))
    expect(students.filter(({ id }) => !shown.has(id))).toEqual([])
  })

  it.each(stories.map((story) => [story.id, story] as const))(
    '%s: the student is known at home, once',
    async (_, story) => {
      const found = await connections.get(story.home)!.target!.match(subjectOf(story.student), context)
      expect(found).toHaveLength(1)
      expect(students.find(({ id }) => id === story.student)?.home).toBe(story.home)
    },
  )

  it.each(stories.filter(({ abroad }) => abroad.length > 0).map((story) => [story.id, story] as const))(
    '%s: what is offered abroad is what the story tells, and makes a valid document',
    async (_, story) => {
      const { enrolments, reports, results } = await fetched(story)
      expect(enrolments).toHaveLength(story.abroad.length)
      // A login that is cancelled gets nothing, though there is something to be had.
      if (story.chooses !== 'cancel') expect(results).toHaveLength(story.offered)
      if (reports.length > 0)
        expect(
          validateElmo({ generatedDate: '2026-01-01T00:00:00Z', learner: enrolments[0]!.learner, reports }),
        ).toEqual([])
      if (typeof story.chooses !== 'string')
        expect(results.map(codeOf)).toEqual(expect.arrayContaining([...story.chooses]))
    },
  )

  it('unknown-abroad: nobody is found', async () => {
    const { enrolments } = await fetched(storyOf('unknown-abroad'))
    expect(decideLookup(identityOf('nils'), enrolments)).toEqual({ end: storyOf('unknown-abroad').expected.ncp })
  })

  it.each(stories.map((story) => [story.id, story] as const))('%s: home decides who it is', async (_, story) => {
    const known = await connections.get(story.home)!.target!.match(subjectOf(story.student), context)
    expect(decideLookup(identityOf(story.student), known)).toHaveProperty('found')
  })

  it.each(stories.filter(({ expected }) => expected.ncp === 'COMPLETED').map((story) => [story.id, story] as const))(
    '%s: abroad decides who it is, and home ends as the story tells',
    async (_, story) => {
      const { enrolments } = await fetched(story)
      const decision = decideLookup(identityOf(story.logsInAbroadAs ?? story.student), enrolments)
      if (!('found' in decision)) throw new Error('abroad does not decide')
      const { learner, institution } = decision.found[0]
      const { verdict } = matchPerson(
        personFactsOfIdentity(identityOf(story.student)),
        personFactsOfLearner(learner, institution.country),
      )
      expect({ same: 'COMPLETED', doubt: 'NEEDS_STAFF', different: 'ID_MISMATCH' }[verdict]).toBe(story.expected.smp)
    },
  )

  it('zero, absent, half credits and a missing code are what they are', async () => {
    expect((await fetched(storyOf('zero-credits'))).results.map(creditsOf)).toEqual(['0', '6'])
    expect((await fetched(storyOf('no-credits'))).results.map(creditsOf)).toEqual([undefined, '15'])
    expect((await fetched(storyOf('half-credits'))).results.map(creditsOf)).toEqual(['7.5', '1.5'])
    expect((await fetched(storyOf('missing-code'))).results.map(codeOf)).toEqual([undefined, 'S1Eko1>MIK'])
  })

  it('failed-and-in-progress: more is there for those who want it, and never what was withdrawn', async () => {
    const { results } = await fetched(storyOf('failed-and-in-progress'), { failed: true, inProgress: true })
    expect(results.map(({ instance }) => instance.status)).toEqual(['passed', 'failed', 'in-progress'])
  })

  it('two-degrees: the courses stay under their degrees, and one degree has a Diploma Supplement', async () => {
    const { reports } = await fetched(storyOf('two-degrees'))
    const degrees = reports[0]?.learningOpportunitySpecification ?? []
    expect(degrees.map(({ type, parts }) => [type, parts?.length])).toEqual([
      ['Degree Programme', 2],
      ['Degree Programme', 1],
    ])
    expect(degrees.map(({ instance }) => instance.diplomaSupplement?.section.length)).toEqual([undefined, 3])
  })

  it('diacritics and changed-name: home and abroad write the name differently', async () => {
    for (const id of ['diacritics', 'changed-name']) {
      const story = storyOf(id)
      const [home] = await connections.get(story.home)!.target!.match(subjectOf(story.student), context)
      const [abroad] = (await fetched(story)).enrolments
      expect(home?.learner.familyName).not.toBe(abroad?.learner.familyName)
      expect(home?.learner.bday).toBe(abroad?.learner.bday)
    }
  })

  it('wrong-twin: the other twin has the same birth date, family name and university', async () => {
    const [own, other] = [
      (await fetched(storyOf('twin'))).enrolments[0],
      (await fetched(storyOf('wrong-twin'))).enrolments[0],
    ]
    expect(own?.person).not.toBe(other?.person)
    expect([other?.learner.bday, other?.learner.familyName]).toEqual([own?.learner.bday, own?.learner.familyName])
  })

  it('large-attachment: the transcript has 2 MB', async () => {
    const story = storyOf('large-attachment')
    const { enrolments, lazyAttachments } = await fetched(story)
    const { source } = connections.get(story.abroad[0]!)!
    const pieces: Uint8Array[] = []
    for await (const piece of source!.openAttachment!(enrolments[0]!, lazyAttachments[0]!, context)) pieces.push(piece)
    const bytes = Buffer.concat(pieces)
    expect(bytes.subarray(0, 4).toString()).toBe('%PDF')
    expect(bytes.length).toBeGreaterThan(2 * 1024 * 1024)
    expect(lazyAttachments).toMatchObject([{ mediaType: 'application/pdf', bytes: bytes.length }])
  })

  it('two-universities: each has its own report', async () => {
    const { reports } = await fetched(storyOf('two-universities'))
    expect(reports.map(({ issuer }) => issuer.identifier[0]?.value)).toEqual([
      'nordfjordvik.example',
      'solvikoya.example',
    ])
  })

  it('strange-titles: every title arrives as it is', async () => {
    const { results } = await fetched(storyOf('strange-titles'))
    expect(results.map(({ title }) => title[0]?.value)).toEqual(strangeTitles)
  })
})
