import {
  SisError,
  type Claim,
  type Notice,
  type ResultSource,
  type SisConnection,
  type SisContext,
  type Subject,
} from '@emrex-gateway/core'
import { validateElmo, type LearningOpportunitySpecification, type Report } from '@emrex-gateway/elmo'
import { everyWord, expectNothingPersonal } from './nothing-personal.js'

/** One person of the SIS under test and the results that show one thing. A result is known by its code or its title. */
interface Case {
  readonly subject: Subject
  readonly result: string
}

/** What a SIS with invented people must hold for the kit. Absent cases are things that this SIS does not know. */
export interface ResultSourceKit {
  /** A connection to the SIS, up and well. */
  open(): Promise<SisConnection>
  /** The same SIS when it does not answer. */
  openBroken(): Promise<SisConnection>
  /** All that the plugin logged since the start. */
  logged(): readonly string[]
  /** Names, numbers and keys of the people; none may turn up in an error or a log line. */
  readonly personalData: readonly string[]
  readonly unknownPerson: Subject
  readonly noResults: Subject
  /** Somebody who studies at several institutions of this SIS: the results at each, by the institution's code. */
  readonly severalInstitutions?: {
    readonly subject: Subject
    readonly results: Readonly<Record<string, readonly string[]>>
  }
  /** One subject per claim that people are found by; all are the same person. */
  readonly waysToFind: Readonly<Partial<Record<Claim['type'], Subject>>>
  /** Somebody whose address is on file. Absent where the SIS knows no addresses. */
  readonly contact?: { readonly subject: Subject; readonly email: string }
  readonly zeroCredits: Case
  readonly noCredits: Case
  readonly halfCredits: Case & { readonly value: string }
  readonly missingCode: Case
  readonly parts: Case & { readonly parts: readonly string[] }
  readonly failed: Case
  readonly inProgress?: Case
  readonly withdrawn?: Case
  /** Titles exactly as they stand in the SIS. */
  readonly strangeTitles?: { readonly subject: Subject; readonly titles: readonly string[] }
  readonly largeAttachment?: { readonly subject: Subject; readonly sha256: string }
}

const passedOnly = { failed: false, inProgress: false }
const all = { failed: true, inProgress: true }

/** The promises of `ResultSource`, run against one SIS. */
export function resultSourceContract(name: string, kit: ResultSourceKit): void {
  const context = (signal = new AbortController().signal): SisContext => ({
    signal,
    languages: ['en'],
    reference: 'contract',
  })

  /** Finds, reads everything, and closes. */
  const read = async (subject: Subject, want = passedOnly) => {
    const connection = await kit.open()
    try {
      const source = sourceOf(connection)
      const found: { code: string; foundBy: Claim['type'] | undefined; reports: Report[]; notices: Notice[] }[] = []
      for (const enrolment of await source.find(subject, context())) {
        const items = await collect(source.reports(enrolment, want, context()))
        expect(problemsOf(enrolment.learner, items.reports)).toEqual([])
        found.push({ code: enrolment.institution.code, foundBy: enrolment.foundBy, ...items })
      }
      return found
    } finally {
      await connection.close()
    }
  }
  const readResult = async ({ subject, result }: Case, want = passedOnly) => {
    const reports = (await read(subject, want)).flatMap((found) => found.reports)
    return everyResult(reports).find((los) => nameOf(los) === result)
  }

  describe(`result source contract: ${name}`, () => {
    it('lists its institutions', async () => {
      const connection = await kit.open()
      const institutions = await sourceOf(connection).institutions(context())
      expect(institutions.length).toBeGreaterThan(0)
      for (const { code, title } of institutions) expect([code, title]).not.toContain('')
      await connection.close()
    })

    it('knows nothing about an unknown person: an empty list, not an error', async () => {
      expect(await read(kit.unknownPerson)).toEqual([])
    })

    const [someone] = Object.values(kit.waysToFind)
    if (someone === undefined) throw new Error('the kit names no way to find anybody')
    for (const [way, subject] of Object.entries(kit.waysToFind))
      it(`finds a person by ${way}, and says so`, async () => {
        const found = await read(subject)
        expect(found.length).toBeGreaterThan(0)
        const sameAs = await read(someone)
        expect(found).toEqual(sameAs.map((one) => ({ ...one, foundBy: way })))
      })

    const { contact } = kit
    if (contact !== undefined)
      it('gives the address on file of a person, none for one without, and shows it nowhere else', async () => {
        const connection = await kit.open()
        const source = sourceOf(connection)
        const [enrolment] = await source.find(contact.subject, context())
        const known = (await source.institutions(context())).find(({ code }) => code === enrolment!.institution.code)
        expect(known).toMatchObject({ hasContacts: true })
        const emailOf = async (person: string) =>
          (await source.contact!({ ...enrolment!, person }, context())).email ?? 'none'
        expect([await emailOf(enrolment!.person), await emailOf('gone')]).toEqual([contact.email, 'none'])
        expectNothingPersonal([JSON.stringify(enrolment), ...kit.logged()], [contact.email])
        await connection.close()
      })

    it('finds nobody when nothing is known about a person', async () => {
      expect(await read({ claims: [] })).toEqual([])
    })

    it('gives no report for a person without results', async () => {
      const found = await read(kit.noResults, all)
      expect(found.length).toBeGreaterThan(0)
      expect(found.flatMap(({ reports }) => reports)).toEqual([])
    })

    it('keeps zero credits', async () => {
      expect((await readResult(kit.zeroCredits))?.instance.credit?.[0]?.value).toBe('0')
    })

    it('says nothing about credits that are not known', async () => {
      const result = await readResult(kit.noCredits)
      expect(result).toBeDefined()
      expect(result?.instance.credit).toBeUndefined()
    })

    it('keeps half credits as decimal text', async () => {
      expect((await readResult(kit.halfCredits))?.instance.credit?.[0]?.value).toBe(kit.halfCredits.value)
    })

    it('gives no local identifier to a result without a code', async () => {
      const result = await readResult(kit.missingCode)
      expect(result).toBeDefined()
      expect(result?.identifier?.filter(({ type }) => type === 'local') ?? []).toEqual([])
    })

    it('keeps parts under their whole, and only there', async () => {
      const reports = (await read(kit.parts.subject)).flatMap((found) => found.reports)
      const whole = everyResult(reports).find((los) => nameOf(los) === kit.parts.result)
      expect(whole?.parts?.map(nameOf)).toEqual(kit.parts.parts)
      const names = everyResult(reports).map(nameOf)
      for (const part of kit.parts.parts) expect(names.filter((one) => one === part)).toHaveLength(1)
    })

    it('gives failed results only to those who want them, and marks them', async () => {
      expect(await readResult(kit.failed)).toBeUndefined()
      expect((await readResult(kit.failed, { ...passedOnly, failed: true }))?.instance.status).toBe('failed')
    })

    const { inProgress, withdrawn, severalInstitutions, strangeTitles, largeAttachment } = kit
    if (inProgress !== undefined)
      it('gives unfinished results only to those who want them, and marks them', async () => {
        expect(await readResult(inProgress)).toBeUndefined()
        expect((await readResult(inProgress, { ...passedOnly, inProgress: true }))?.instance.status).toBe('in-progress')
      })

    if (withdrawn !== undefined)
      it('never gives a withdrawn result', async () => {
        expect(await readResult(withdrawn, all)).toBeUndefined()
      })

    if (severalInstitutions !== undefined)
      it('gives one report for each institution, under its own issuer', async () => {
        const found = await read(severalInstitutions.subject)
        const results = Object.fromEntries(found.map(({ code, reports }) => [code, everyResult(reports).map(nameOf)]))
        expect(results).toEqual(severalInstitutions.results)
        const issuers = found.map(({ reports }) => reports.map(({ issuer }) => issuer.identifier[0]?.value))
        expect(new Set(issuers.flat()).size).toBe(found.length)
      })

    if (strangeTitles !== undefined)
      it('hands strange texts on as they are', async () => {
        const reports = (await read(strangeTitles.subject)).flatMap((found) => found.reports)
        const titles = everyResult(reports).map((los) => los.title[0]?.value)
        expect(titles).toEqual(expect.arrayContaining([...strangeTitles.titles]))
      })

    if (largeAttachment !== undefined)
      it('hands a large attachment on byte by byte', async () => {
        const reports = (await read(largeAttachment.subject)).flatMap((found) => found.reports)
        const contents = reports.flatMap(({ attachment }) => attachment ?? []).flatMap(({ content }) => content ?? [])
        const digests = await Promise.all(contents.map(({ value }) => sha256OfDataUri(value)))
        expect(digests).toContain(largeAttachment.sha256)
      })

    it('stops when it is told to', async () => {
      const connection = await kit.open()
      await expect(sourceOf(connection).find(someone, context(AbortSignal.abort()))).rejects.toMatchObject({
        name: 'SisError',
        kind: 'timeout',
      })
      await connection.close()
    })

    it('throws a SisError that may be tried again when the SIS is down, and says so in its health', async () => {
      const connection = await kit.openBroken()
      const error: unknown = await sourceOf(connection)
        .find(kit.halfCredits.subject, context())
        .catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(SisError)
      expect((error as SisError).retryable).toBe(true)
      expect(await connection.check(context())).toMatchObject({ ok: false, findings: [expect.any(String)] })
      expectNothingPersonal([everyWord(error)], kit.personalData)
      await connection.close()
    })

    it('is healthy when it is up, and tells nothing personal about it', async () => {
      const connection = await kit.open()
      const health = await connection.check(context())
      expect(health).toMatchObject({ ok: true })
      expectNothingPersonal(health.findings, kit.personalData)
      await connection.close()
    })

    it('logs nothing personal', async () => {
      for (const subject of Object.values(kit.waysToFind)) await read(subject, all)
      const notices = (await read(kit.missingCode.subject, all)).flatMap((found) => found.notices)
      expectNothingPersonal([...kit.logged(), JSON.stringify(notices)], kit.personalData)
    })
  })
}

function sourceOf(connection: SisConnection): ResultSource {
  if (connection.source === undefined) throw new Error('this connection has no source')
  return connection.source
}

async function collect(items: AsyncIterable<Report | Notice>): Promise<{ reports: Report[]; notices: Notice[] }> {
  const reports: Report[] = []
  const notices: Notice[] = []
  for await (const item of items) {
    if ('notice' in item) notices.push(item)
    else reports.push({ ...item, issueDate: '2026-01-01T00:00:00Z' })
  }
  return { reports, notices }
}

function problemsOf(learner: Parameters<typeof validateElmo>[0]['learner'], reports: Report[]): unknown[] {
  if (reports.length === 0) return []
  return validateElmo({ generatedDate: '2026-01-01T00:00:00Z', learner, reports })
}

function everyResult(reports: readonly Report[]): LearningOpportunitySpecification[] {
  const down = (los: LearningOpportunitySpecification): LearningOpportunitySpecification[] => [
    los,
    ...(los.parts ?? []).flatMap(down),
  ]
  return reports.flatMap(({ learningOpportunitySpecification }) => learningOpportunitySpecification ?? []).flatMap(down)
}

const nameOf = (los: LearningOpportunitySpecification): string | undefined =>
  los.identifier?.find(({ type }) => type === 'local')?.value ?? los.title[0]?.value

async function sha256OfDataUri(uri: string): Promise<string> {
  const bytes = Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64')
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
}
