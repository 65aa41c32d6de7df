import type { Claim, SisConnection, SisErrorKind, Subject } from '@emrex-gateway/core'
import type { Student } from '../population/index.js'

/** How a system can behave. A system that cannot behave so is not asked to. */
export type Scenario =
  /** Nobody answers: connections are refused. */
  | 'down'
  /** Takes a minute for each answer. */
  | 'slow'
  /** 500, and what the system writes then. */
  | 'failing'
  /** 429 with `Retry-After: 1`. */
  | 'rate-limited'
  /** 200 with a login page. */
  | 'web-page'
  /** The answer breaks off in the middle; the connection ends well. */
  | 'truncated'
  /** Our credential is refused. */
  | 'credential-refused'
  | 'certificate-expired'
  /** A right is missing. */
  | 'forbidden'
  /** The leave that the student gave has run out. */
  | 'grant-expired'
  /** Says that something is wrong although its status says that all is well. */
  | 'error-with-200'

/** How the data about parts can be wrong in a system that names the whole of a part by its key. */
export type BrokenParts =
  /** The whole is said to be a part of its own first part. */
  | 'circle'
  /** The first part names a whole that does not exist. */
  | 'missing-whole'

/** What the failures of a system that speaks over HTTP must be told as, unless it has a way of its own. */
export const failuresOverHttp = {
  down: 'unavailable',
  slow: 'timeout',
  failing: 'unavailable',
  'rate-limited': 'rate-limited',
  'web-page': 'bad-data',
  truncated: 'bad-data',
  'credential-refused': 'credential',
  forbidden: 'forbidden',
} as const satisfies Partial<Record<Scenario, SisErrorKind>>

/** A system that holds the population, and a connection to it. */
export interface SisUnderTest {
  readonly connection: SisConnection
  /** All that the plugin logged since the start. */
  logged(): readonly string[]
  /** From now on the system behaves so; `well` is how it was at the start. */
  is(scenario: Scenario | 'well'): Promise<void>
  /** How a login names a student to this system: by the strongest claim, or by the one that is asked for. */
  subjectOf(student: Student, way?: Claim['type']): Promise<Subject>
  /** Ends the connection and all that was started for it. */
  close(): Promise<void>
}
