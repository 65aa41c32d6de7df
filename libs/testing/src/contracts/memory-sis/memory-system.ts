import { setTimeout as wait } from 'node:timers/promises'
import { students, type Student, type StudyResult } from '../../population/index.js'
import type { BrokenParts, Scenario } from '../sis-under-test.js'

/** One result as this system lists it: flat, with the key of its whole. */
export interface MemoryRow extends Omit<StudyResult, 'parts'> {
  readonly institution: 'first' | 'second'
  readonly person: string
  readonly whole?: string | undefined
}

export interface MemoryDelivery {
  readonly id: string
  readonly items: number
  readonly document: Uint8Array
}

/** How the system says that something is wrong. */
export class MemoryTrouble extends Error {
  constructor(readonly scenario: Scenario | 'refused' | 'answer-lost') {
    super('the system has trouble')
  }
}

const slowMs = 2_000

/** A student information system that is a plain object: what it holds, and how it behaves. */
export class MemorySystem {
  readonly students: readonly Student[] = students
  readonly rows: readonly MemoryRow[]
  readonly deliveries: MemoryDelivery[] = []
  scenario: Scenario | 'well' = 'well'
  next: 'well' | 'refused' | 'answer-lost' = 'well'

  constructor(broken?: BrokenParts) {
    const rows = students.flatMap((student) =>
      (['first', 'second'] as const).flatMap((institution) =>
        (student.results[institution] ?? []).flatMap((result) => rowsOf(result, student.key, institution)),
      ),
    )
    this.rows = rows.map((row) =>
      broken === 'circle' && row.key === 'dilan-whole'
        ? { ...row, whole: 'dilan-p1' }
        : broken === 'missing-whole' && row.key === 'dilan-p1'
          ? { ...row, whole: 'nowhere' }
          : row,
    )
  }

  /** Every question passes here. @throws {MemoryTrouble} and what `signal` says */
  async ask(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    if (this.scenario === 'slow') await wait(slowMs, undefined, signal === undefined ? {} : { signal })
    else if (this.scenario !== 'well') throw new MemoryTrouble(this.scenario)
  }

  /** Keeps a delivery. @throws {MemoryTrouble} */
  keep(delivery: MemoryDelivery): void {
    const { next } = this
    this.next = 'well'
    if (next === 'refused') throw new MemoryTrouble('refused')
    this.deliveries.push(delivery)
    if (next === 'answer-lost') throw new MemoryTrouble('answer-lost')
  }
}

function rowsOf(
  { parts = [], ...result }: StudyResult,
  person: string,
  institution: MemoryRow['institution'],
  whole?: string,
): MemoryRow[] {
  const row = { ...result, person, institution, whole }
  return [row, ...parts.flatMap((part) => rowsOf(part, person, institution, result.key))]
}
