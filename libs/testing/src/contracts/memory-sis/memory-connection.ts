import {
  SisError,
  type Enrolment,
  type Institution,
  type Log,
  type Notice,
  type Receipt,
  type SisConnection,
  type SisErrorKind,
  type SourceReport,
  type Subject,
} from '@emrex-gateway/core'
import type { Learner } from '@emrex-gateway/elmo'
import { largeAttachment, type Student } from '../../population/index.js'
import { everyResult } from '../outline-of.js'
import { MemoryTrouble, type MemorySystem } from './memory-system.js'
import { memoryResults } from './memory-results.js'
import type { PlantedFault } from './planted-fault.js'

const connection = 'memory'
export const memoryFailures = {
  down: 'unavailable',
  slow: 'timeout',
  failing: 'unavailable',
  'rate-limited': 'rate-limited',
  'web-page': 'bad-data',
  truncated: 'bad-data',
  'credential-refused': 'credential',
  forbidden: 'forbidden',
} as const satisfies Record<string, SisErrorKind>
const kinds: Readonly<Record<string, SisErrorKind>> = {
  ...memoryFailures,
  refused: 'refused',
  'answer-lost': 'unavailable',
}
const institutions = (['first', 'second'] as const).map((code): Institution => ({
  code,
  title: `University number ${code}`,
  country: 'SE',
  schac: `${code}.example`,
  hasContacts: true,
}))

/** A plugin for `MemorySystem`, as a careful author would write it; or with one mistake. */
export function memoryConnection(system: MemorySystem, log: Log, fault?: PlantedFault): SisConnection {
  const ask = (signal: AbortSignal) => told(() => system.ask(fault === 'unabortable call' ? undefined : signal))
  const find = async (subject: Subject, { signal }: { signal: AbortSignal }): Promise<Enrolment[]> => {
    await ask(signal)
    const found = matches(system.students, subject)
    for (const { family } of found) if (fault === 'name in a log line') log.info('person.found', { family })
    if (found.some((student) => student.protected)) throw new SisError('forbidden', 'protected', { connection })
    const kept = fault === 'wrong person on ambiguity' ? found.slice(0, 1) : found
    const foundBy = subject.claims[0]!
    return kept.flatMap((student) =>
      institutions
        .filter(({ code }) => student.results[code as 'first'] !== undefined)
        .map((institution) => ({
          person: student.key,
          institution,
          learner: learnerOf(student),
          foundBy: foundBy.type === 'name' ? 'birthDate' : foundBy.type,
        })),
    )
  }
  const contact: NonNullable<NonNullable<SisConnection['source']>['contact']> = async ({ person }, { signal }) => {
    await ask(signal)
    const email = system.students.find(({ key }) => key === person)?.email
    return email === undefined ? {} : { email }
  }
  const findBy = ['nationalId', 'esi', 'learnerId', 'birthDate', 'name'] as const
  const listInstitutions = async ({ signal }: { signal: AbortSignal }) => (await ask(signal), institutions)
  const leak = fault === 'leaked handle' ? setInterval(() => undefined, 60_000) : undefined
  if (leak !== undefined) leaks.push(leak)
  return {
    id: connection,
    source: {
      can: { findBy, failed: true, inProgress: true },
      institutions: listInstitutions,
      find,
      async *reports({ person, institution }, _want, { signal }): AsyncGenerator<SourceReport | Notice> {
        await ask(signal)
        const notices: Notice[] = []
        const rows = system.rows.filter((row) => row.person === person && row.institution === institution.code)
        if (rows.length > 0)
          yield {
            issuer: {
              identifier: [{ type: 'schac', value: institution.schac! }],
              title: [{ value: institution.title, lang: 'en' }],
              url: `https://${institution.schac}/`,
            },
            learningOpportunitySpecification: memoryResults(rows, notices, fault),
            issueDate: '2026-01-01T00:00:00Z',
            ...(rows.some(({ code }) => code === 'PAPER') ? paper : {}),
          }
        yield* notices
      },
      async *openAttachment(_enrolment, _attachment, { signal }) {
        await ask(signal)
        const bytes = largeAttachment()
        for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536)
      },
      contact,
    },
    target: {
      can: { findBy, mode: 'structured' },
      match: find,
      submit: async ({ id, document }, { signal }): Promise<Receipt> => {
        await ask(signal)
        const isKnown = system.deliveries.some((each) => each.id === id)
        if (!isKnown || fault === 'non-idempotent submit') {
          const items = everyResult(document.elmo.reports).length
          await told(async () => system.keep({ id, items, document: document.xml }))
        }
        return { id, state: 'queued' }
      },
      status: async (id, { signal }) => {
        await ask(signal)
        return system.deliveries.some((each) => each.id === id) ? { id, state: 'queued' } : undefined
      },
      institutions: listInstitutions,
      contact,
    },
    check: async ({ signal }) => {
      try {
        await ask(signal)
        return { ok: true, findings: ['the system answers'] }
      } catch (error) {
        return { ok: false, findings: [(error as SisError).message] }
      }
    },
    close: async () => {},
  }
}

/** What the planted fault left open, for the test to clear. */
export const leaks: NodeJS.Timeout[] = []

const paper: Pick<SourceReport, 'attachment' | 'lazyAttachments'> = {
  attachment: [{ identifier: [{ type: 'internal', value: 'paper' }], type: 'Other', content: [{ value: '' }] }],
  lazyAttachments: [{ id: 'paper', key: 'paper', mediaType: 'application/pdf' }],
}

/** Trouble of the system as a SisError. */
async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof MemoryTrouble)) throw new SisError('timeout', 'called off', { connection })
    throw new SisError(kinds[error.scenario] ?? 'bad-data', 'the system has trouble', {
      connection,
      ...(error.scenario === 'rate-limited' ? { retryAfterMs: 1000 } : {}),
    })
  }
}

/** By the strongest claim; a birth date counts with a name alone. */
function matches(all: readonly Student[], { claims }: Subject): readonly Student[] {
  const [strongest] = claims
  switch (strongest?.type) {
    case 'nationalId':
      return all.filter(({ nationalId }) => nationalId?.value === strongest.value)
    case 'esi':
      return all.filter((student) => esiOf(student) === strongest.value)
    case 'learnerId':
      return all.filter(({ number }) => number === strongest.value)
    default: {
      const date = claims.find((claim) => claim.type === 'birthDate')?.value
      const name = claims.find((claim) => claim.type === 'name')
      return all.filter(
        ({ birthDate, given, family }) => birthDate === date && given === name?.given && family === name.family,
      )
    }
  }
}

export const esiOf = ({ number }: Student): string => `urn:schac:personalUniqueCode:int:esi:first.example:${number}`

const learnerOf = ({ given, family, birthDate, gender, nationalId }: Student): Learner => ({
  ...(nationalId === undefined ? {} : { identifier: [{ type: 'nationalIdentifier', value: nationalId.value }] }),
  givenNames: given,
  familyName: family,
  bday: birthDate,
  gender,
})
