import {
  SisError,
  type Claim,
  type Notice,
  type ResultSource,
  type SisErrorKind,
  type Subject,
  type Want,
} from '@emrex-gateway/core'
import { creditSum, validateElmo, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { officialProblemsOf } from '../official-problems-of.js'
import { largeAttachment, students, studentOf, type Dialect, type Student } from '../population/index.js'
import { expectedResults, outlinesOf } from './expected-results.js'
import { testChecks, type ContractCheck } from './contract-check.js'
import { everyWord, expectNothingPersonal } from './nothing-personal.js'
import { everyResult, expectedOutline, outlineOf } from './outline-of.js'
import {
  context,
  documentOf,
  everything,
  failureOf,
  passedOnly,
  personalWords,
  read,
  readEnrolment,
  sourceOf,
  type Found,
} from './read-with-source.js'
import { resourcesInUse, untilResources } from './resources-in-use.js'
import type { BrokenParts, Scenario, SisUnderTest } from './sis-under-test.js'

/** What the kit must know about a system that holds the population. */
export interface ResultSourceKit {
  readonly dialect: Dialect
  /** A system that is up and well, and a connection that has asked nothing yet. */
  open(): Promise<SisUnderTest>
  /** The claims that people are found by, strongest first. A delegated source names none. */
  readonly ways: readonly Claim['type'][]
  readonly unknownPerson: Subject
  /** Two people fit it: Kim and Kaj share a name and a birth date. Absent where this system finds nobody by them. */
  readonly ambiguous?: Subject
  /** The ways in which this system can fail, and what each must be told as. */
  readonly failures: Readonly<Partial<Record<Scenario, SisErrorKind>>>
  /**
   * Systems as `open` gives them, with the parts of `dilan` broken. Absent where no answer of the system can be so: where
   * parts stand inside their whole, say.
   */
  readonly openBroken?: Readonly<Partial<Record<BrokenParts, () => Promise<SisUnderTest>>>>
}

/** The promises of `ResultSource`, run against one SIS that holds the population. */
export function resultSourceContract(name: string, kit: ResultSourceKit): void {
  describe(`result source contract: ${name}`, () => testChecks(resultSourceChecks(kit)))
}

export function resultSourceChecks(kit: ResultSourceKit): readonly ContractCheck[] {
  const { dialect } = kit
  const has = (what: Dialect['lacks'][number]) => !dialect.lacks.includes(what)
  const there = students.filter((student) => has(student.id))
  const checks: ContractCheck[] = []
  const check = (
    name: string,
    run: (sis: SisUnderTest, source: ResultSource) => Promise<void>,
    open = () => kit.open(),
  ): void => {
    checks.push({
      name,
      run: async () => {
        const sis = await open()
        try {
          await run(sis, sourceOf(sis.connection))
        } finally {
          await sis.close()
        }
      },
    })
  }

  check('lists its institutions', async (_, source) => {
    const institutions = await source.institutions(context())
    expect(institutions.length).toBeGreaterThan(0)
    for (const { code, title } of institutions) expect([code, title]).not.toContain('')
  })

  check('knows nothing about an unknown person: an empty list, not an error', async (_, source) => {
    expect(await source.find(kit.unknownPerson, context())).toEqual([])
  })

  check('finds nobody when nothing is known about a person', async (_, source) => {
    expect(await source.find({ claims: [] }, context())).toEqual([])
  })

  for (const way of kit.ways)
    check(`finds a person by ${way}, and says so`, async (sis, source) => {
      const found = await source.find(await sis.subjectOf(studentOf('ada'), way), context())
      expect(found.map(({ foundBy }) => foundBy)).toEqual([way])
      const [same] = await source.find(await sis.subjectOf(studentOf('ada')), context())
      expect(found[0]!.person).toBe(same!.person)
    })

  check('says whose records these are, as the system knows them', async (sis, source) => {
    for (const student of there.filter((each) => each.protected !== true)) {
      const [found] = await source.find(await sis.subjectOf(student), context())
      const { learner } = found!
      expect(learner).toMatchObject({ familyName: student.family, bday: student.birthDate })
      if (student.given !== '') expect(learner.givenNames).toBe(student.given)
    }
  })

  check('never gives its own number or key of a person as a national identifier', async (sis, source) => {
    for (const student of there.filter((each) => each.protected !== true))
      for (const { learner } of await source.find(await sis.subjectOf(student), context())) {
        const national = learner.identifier?.filter(({ type }) => type === 'nationalIdentifier') ?? []
        for (const { value } of national) expect([student.number, student.key]).not.toContain(value)
      }
  })

  const { ambiguous } = kit
  if (ambiguous !== undefined)
    check('gives everybody who fits, and never picks one of two', async (_, source) => {
      const found = await source.find(ambiguous, context())
      expect(new Set(found.map(({ person }) => person)).size).toBe(2)
    })

  for (const student of there.filter((each) => each.protected !== true))
    check(`gives the passed results of ${student.id} as the system holds them, field by field`, async (sis) => {
      const found = await read(sis, student, passedOnly)
      expect(
        outlinesOf(
          found.flatMap(({ reports }) => reports),
          dialect,
        ),
      ).toEqual(expectedResults(student, dialect))
      for (const each of found.filter(({ reports }) => reports.length > 0))
        expect(validateElmo(documentOf(each))).toEqual([])
    })

  check('gives documents that are valid by the official schema', async (sis) => {
    const found: Found[] = []
    for (const student of there.filter((each) => each.protected !== true))
      found.push(...(await read(sis, student, everything)))
    expect(officialProblemsOf(found.filter(({ reports }) => reports.length > 0).map(documentOf))).toEqual([])
  })

  check('gives one report for each institution, under its own issuer', async (sis) => {
    const found = await read(sis, studentOf('cyra'), passedOnly)
    const issuers = found.flatMap(({ reports }) => reports.map(({ issuer }) => issuer.identifier[0]?.value))
    expect(new Set(issuers).size).toBe(has('several-institutions') ? 2 : 1)
  })

  check('gives no report for a person without results', async (sis) => {
    const found = await read(sis, studentOf('bo'), everything)
    expect(found.length).toBeGreaterThan(0)
    expect(everyResult(found.flatMap(({ reports }) => reports))).toEqual([])
  })

  if (has('failed'))
    check('marks failed results as failed', async (sis) => {
      expect((await resultOf(sis, 'eskil', 'FAILED', everything, dialect))?.instance.status).toBe('failed')
    })

  if (has('in-progress'))
    check('marks unfinished results as unfinished', async (sis) => {
      expect((await resultOf(sis, 'eskil', 'RUNNING', everything, dialect))?.instance.status).toBe('in-progress')
    })

  if (has('withdrawn'))
    check('never gives a withdrawn result', async (sis) => {
      expect(await resultOf(sis, 'eskil', 'ANNULLED', everything, dialect)).toBeUndefined()
    })

  if (has('parts') && has('dilan'))
    check('keeps parts under their whole and counts their credits once', async (sis) => {
      const found = await read(sis, studentOf('dilan'), passedOnly)
      const reports = found.flatMap(({ reports }) => reports)
      const codes = everyResult(reports).map((los) => outlineOf(los, dialect).code)
      expect(codes).toEqual([...new Set(codes)])
      const extra = has('unfinished-parts') && dialect.partsWithoutCredits !== true ? '16.5' : '15'
      expect(creditSum(documentOf({ ...found[0]!, reports })).ects).toBe(extra)
    })

  for (const [what, open] of Object.entries(kit.openBroken ?? {}))
    check(
      `gives each result once when the parts are broken (${what}), and says so`,
      async (sis) => {
        const found = await read(sis, studentOf('dilan'), everything)
        const codes = everyResult(found.flatMap(({ reports }) => reports)).map((los) => outlineOf(los, dialect).code)
        expect(codes).toEqual([...new Set(codes)])
        for (const part of studentOf('dilan').results.first[0]!.parts!)
          expect(codes).toContain(expectedOutline(part, dialect).code)
        const notices = found.flatMap((each) => each.notices.map(({ notice }) => notice))
        expect(notices).toContain({ circle: 'parent-cycle', 'missing-whole': 'parent-missing' }[what as BrokenParts])
      },
      open,
    )

  if (has('no-code'))
    check('gives no local identifier to a result without a code, and says so', async (sis) => {
      const found = await read(sis, studentOf('gus'), passedOnly)
      expect(found.flatMap(({ notices }) => notices.map(({ notice }) => notice))).toContain('code-missing')
    })

  if (has('other-units'))
    check('keeps a unit that is not ECTS, and says so', async (sis) => {
      const found = await read(sis, studentOf('gus'), passedOnly)
      expect(found.flatMap(({ notices }) => notices.map(({ notice }) => notice))).toContain('unit-kept')
    })

  if (has('recognised'))
    check('says what was studied elsewhere, without a grade of its own', async (sis) => {
      const found = await read(sis, studentOf('gus'), passedOnly)
      expect(found.flatMap(({ notices }) => notices.map(({ notice }) => notice))).toContain('recognised-elsewhere')
    })

  if (has('descriptions'))
    check('gives a description as plain text, whatever markup it came in', async (sis) => {
      const { description = [] } = (await resultOf(sis, 'hanna', 'HTML-1', passedOnly, dialect))!
      const text = description.map(({ value }) => value).join()
      expect(text).toContain('Looms & yarn')
      expect(text).not.toMatch(/<|bad\(\)/)
    })

  if (has('protected-persons'))
    check('gives nothing about a protected person', async (sis, source) => {
      const outcome = await failureOf(async () => {
        for (const enrolment of await source.find(await sis.subjectOf(studentOf('isak')), context()))
          await readEnrolment(source, enrolment, everything, await sis.subjectOf(studentOf('isak')))
      })
      expect(outcome).toMatchObject({ name: 'SisError', kind: 'forbidden' })
      expectNothingPersonal([everyWord(outcome), ...sis.logged()], personalWords)
    })

  if (has('attachments'))
    check('hands a large attachment on byte by byte, when it is asked for', async (sis, source) => {
      const [found] = await read(sis, studentOf('lova'), passedOnly)
      const lazy = found!.reports.flatMap(({ lazyAttachments }) => lazyAttachments ?? [])
      const attachments = found!.reports.flatMap(({ attachment }) => attachment ?? [])
      expect(lazy).toHaveLength(1)
      expect(attachments.map(({ identifier }) => identifier?.[0]?.value)).toEqual(lazy.map(({ id }) => id))
      expect(attachments.flatMap(({ content }) => content ?? []).map(({ value }) => value)).toEqual([''])
      const pieces: Uint8Array[] = []
      for await (const piece of source.openAttachment!(found!.enrolment, lazy[0]!, context())) pieces.push(piece)
      expect(Buffer.concat(pieces).equals(largeAttachment())).toBe(true)
    })

  check('stops at once when it was called off before', async (sis, source) => {
    const stopped = context(AbortSignal.abort())
    const subject = await sis.subjectOf(studentOf('ada'))
    expect(await failureOf(() => source.find(subject, stopped))).toMatchObject({ name: 'SisError', kind: 'timeout' })
  })

  if ('slow' in kit.failures)
    check('stops in the middle when it is called off', async (sis, source) => {
      const subject = await sis.subjectOf(studentOf('ada'))
      const [enrolment] = await source.find(subject, context())
      await sis.is('slow')
      const started = Date.now()
      const failure = await failureOf(() =>
        readEnrolment(source, enrolment!, passedOnly, subject, context(AbortSignal.timeout(500))),
      )
      expect(failure).toMatchObject({ name: 'SisError', kind: 'timeout' })
      // The system would take a minute.
      expect(Date.now() - started).toBeLessThan(20_000)
    })

  for (const [scenario, kind] of Object.entries(kit.failures).filter(([each]) => each !== 'slow'))
    check(`says ${kind} when the system is ${scenario}, and so does its health, without personal data`, async (sis) => {
      const source = sourceOf(sis.connection)
      const subject = await sis.subjectOf(studentOf('ada'))
      await sis.is(scenario as Scenario)
      const failure = await failureOf(async () => {
        for (const enrolment of await source.find(subject, context()))
          await readEnrolment(source, enrolment, passedOnly, subject)
      })
      expect(failure).toBeInstanceOf(SisError)
      expect((failure as SisError).kind).toBe(kind)
      expect((failure as SisError).retryable).toBe(['unavailable', 'rate-limited', 'timeout'].includes(kind))
      if (scenario === 'rate-limited') expect((failure as SisError).info.retryAfterMs).toBe(1000)
      // A grant belongs to one student: the system itself is well.
      if (scenario !== 'grant-expired') {
        const health = await sis.connection.check(context())
        expect(health.ok).toBe(false)
        expect(health.findings.length).toBeGreaterThan(0)
        expectNothingPersonal(health.findings, personalWords)
      }
      expectNothingPersonal([everyWord(failure), ...sis.logged()], personalWords)
    })

  check('is healthy when it is up, and tells nothing personal about it', async (sis) => {
    const health = await sis.connection.check(context())
    expect(health).toMatchObject({ ok: true })
    expectNothingPersonal(health.findings, personalWords)
  })

  check('logs nothing personal, and no notice tells anything personal', async (sis) => {
    const notices: Notice[] = []
    for (const student of there.filter((each) => each.protected !== true))
      for (const found of await read(sis, student, everything)) notices.push(...found.notices)
    expectNothingPersonal([...sis.logged(), JSON.stringify(notices)], personalWords)
  })

  checks.push({
    name: 'leaves nothing open when it is closed',
    run: async () => {
      const before = resourcesInUse()
      const sis = await kit.open()
      try {
        await read(sis, studentOf('ada'), passedOnly)
      } finally {
        await sis.close()
      }
      expect(await untilResources(before)).toEqual([])
    },
  })
  return checks
}

async function resultOf(
  sis: SisUnderTest,
  student: Student['id'],
  code: string,
  want: Want,
  dialect: Dialect,
): Promise<LearningOpportunitySpecification | undefined> {
  const result = studentOf(student).results.first.find((each) => each.code === code)!
  const expected = expectedOutline(result, dialect).code
  const reports = (await read(sis, studentOf(student), want)).flatMap((found) => found.reports)
  return everyResult(reports).find((los) => outlineOf(los, dialect).code === expected)
}
