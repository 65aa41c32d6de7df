import type { Knex } from 'knex'
import { headMacs, removalProofs, sameBytes } from './chain-proofs.js'
import type { AuditRow, ChainName, HeadRow } from './chain-rows.js'
import type { Checkpoint } from './checkpoint-signer.js'
import { beginning, commitmentOf, hashLine } from './hash-line.js'
import type { AuditFault, AuditProblem, ChainVerdict } from './verdict.js'
import type { VerifyContext } from './verify-audit.js'

const batch = 1000
const mostProblems = 100

/** One look at one chain. */
export class VerifyChain {
  readonly problems: AuditProblem[] = []
  private readonly found = { lines: 0, staffForgotten: 0, checkpoints: 0 }
  private lastNumber = 0

  constructor(
    private readonly context: VerifyContext,
    private readonly trx: Knex.Transaction,
    private readonly name: ChainName,
  ) {}

  async run(kept: readonly Checkpoint[], newest?: number): Promise<ChainVerdict> {
    const head = await this.trx<HeadRow>('emrex_audit_head').where(this.own).first()
    const start = await this.start(head, newest)
    const outside = [...kept].sort((a, b) => a.seq - b.seq)
    let at = { seq: start.seq, hash: start.hash }
    // The line before the first one can be compared too, where lines were deleted.
    await this.compare(start.isNear ? at.seq - 1 : 0, at.seq, outside, new Map([[at.seq, at.hash]]), at.seq)
    for (;;) {
      const rows = await this.trx<AuditRow>('emrex_audit')
        .where(this.own)
        .where('seq', '>', at.seq)
        .orderBy('seq')
        .limit(batch)
      if (rows.length === 0) break
      const hashes = new Map<number, Uint8Array>()
      const before = at.seq
      for (const row of rows) {
        at = await this.line(at, { ...row, seq: Number(row.seq) })
        hashes.set(at.seq, at.hash)
      }
      await this.compare(before, at.seq, outside, hashes, start.seq)
    }
    await this.compare(at.seq, Number.MAX_SAFE_INTEGER, outside, new Map(), start.seq)
    await this.strays(start.begins)
    this.judgeHead(head, at)
    const begins = start.begins > 0 ? { beginsAt: start.begins + 1 } : {}
    return { ...this.name, ...this.found, ...begins }
  }

  private get own(): ChainName {
    return { kind: this.name.kind, entry: this.name.entry }
  }

  /** Where to begin: at the first line, after those that were deleted for their age, or near the end. */
  private async start(head: HeadRow | undefined, newest: number | undefined) {
    const begin = await this.trx<Checkpoint>('emrex_audit_checkpoint')
      .where({ ...this.own, purpose: 'begin' })
      .orderBy('seq', 'desc')
      .first()
    const isGood = begin !== undefined && this.context.signer.judge(begin) === undefined
    const begins = isGood ? Number(begin.seq) : 0
    const near = newest === undefined ? 0 : Number(head?.seq ?? 0) - newest
    if (near > begins) {
      const row = await this.trx<AuditRow>('emrex_audit')
        .where({ ...this.own, seq: near })
        .first()
      if (row?.hash instanceof Uint8Array) return { seq: near, hash: row.hash, begins, isNear: true }
    }
    return { seq: begins, hash: isGood ? begin.hash : beginning, begins, isNear: false }
  }

  private async line(last: { seq: number; hash: Uint8Array }, row: AuditRow) {
    const { seq } = row
    this.found.lines++
    const whole = row.hash instanceof Uint8Array && row.previous instanceof Uint8Array
    if (seq > last.seq + 1) {
      const missing = seq - last.seq - 1
      this.tell('removed', last.seq + 1, `${missing} ${missing === 1 ? 'line is' : 'lines are'} missing here`)
    }
    const isOwn = whole && sameBytes(hashLine(row), row.hash)
    if (!isOwn) {
      const place = whole ? await this.placeBefore(row) : undefined
      if (place === undefined) this.tell('changed', seq, 'the line does not say what was written')
      else this.tell('reordered', seq, `the line stood at ${place} when it was written`)
    } else if (seq === last.seq + 1 && !sameBytes(row.previous, last.hash)) {
      this.tell('inserted', seq, 'the line does not follow the line before it: one of the two was put here')
    }
    const number = Number(row.number)
    if (number <= this.lastNumber) this.tell('reordered', seq, 'the line is listed before one that is older')
    this.lastNumber = number
    this.judgeStaff(row)
    return { seq, hash: whole ? row.hash : beginning }
  }

  /** A line that was moved fits no longer at its place, but at the one after the line that it names. */
  private async placeBefore(row: AuditRow): Promise<number | undefined> {
    if (this.problems.length > 20) return undefined
    const first = sameBytes(row.previous, beginning)
    const before = first
      ? { seq: 0 }
      : await this.trx<AuditRow>('emrex_audit')
          .where({ ...this.own, hash: row.previous })
          .first('seq')
    const candidates = new Set<number>()
    if (before !== undefined) candidates.add(Number(before.seq) + 1)
    // The line before it may have been moved as well.
    for (let place = row.seq - 20; place <= row.seq + 20; place++) candidates.add(place)
    candidates.delete(row.seq)
    return [...candidates].find((seq) => sameBytes(hashLine({ ...row, seq }), row.hash))
  }

  private judgeStaff({ kind, entry, seq, sealed, commitment, removed }: AuditRow): void {
    const wrong = (message: string) => this.tell('changed', seq, message)
    if (sealed !== null) {
      if (removed !== null) wrong('name and reason of staff are there, though it says that they were deleted')
      else if (commitment === null || !sameBytes(commitmentOf(sealed), commitment))
        wrong('name and reason of staff are not those that were written')
    } else if (commitment !== null) {
      const proofs = removalProofs(this.context.seal, { kind, entry, seq, commitment })
      if (removed !== null && proofs.some((proof) => sameBytes(proof, removed))) this.found.staffForgotten++
      else wrong('name and reason of staff are missing, and the gateway did not delete them')
    } else if (removed !== null) wrong('it says that name and reason of staff were deleted, and never held any')
  }

  /** Compares the lines of one stretch with all checkpoints within it. */
  private async compare(
    after: number,
    upTo: number,
    kept: readonly Checkpoint[],
    hashes: ReadonlyMap<number, Uint8Array>,
    trusted: number,
  ): Promise<void> {
    const within = ({ seq }: { seq: number }) => (seq > after || after === 0) && seq <= upTo
    for (let offset = 0; ; offset += batch) {
      const query = this.trx<Checkpoint>('emrex_audit_checkpoint').where(this.own).where('seq', '<=', upTo)
      if (after > 0) query.where('seq', '>', after)
      const rows = await query.orderBy(['seq', 'purpose']).offset(offset).limit(batch)
      for (const row of rows) this.judgeCheckpoint({ ...row, seq: Number(row.seq) }, upTo, hashes, trusted)
      if (rows.length < batch) break
    }
    for (const each of kept.filter(within)) this.judgeCheckpoint(each, upTo, hashes, trusted)
  }

  private judgeCheckpoint(
    checkpoint: Checkpoint,
    upTo: number,
    hashes: ReadonlyMap<number, Uint8Array>,
    trusted: number,
  ): void {
    const { seq, hash, at } = checkpoint
    this.found.checkpoints++
    const made = `the checkpoint of ${new Date(Number(at)).toISOString()}`
    const wrong = this.context.signer.judge(checkpoint)
    if (wrong === 'unknown-signer') this.tell(wrong, seq, `${made} was made with a key that is not known here`)
    if (wrong === 'wrong-signature') this.tell(wrong, seq, `the signature of ${made} does not hold`)
    if (wrong !== undefined || seq < trusted) return
    const there = hashes.get(seq)
    if (there !== undefined) {
      if (!sameBytes(there, hash)) this.tell('checkpoint-does-not-fit', seq, `${made} was made of another line`)
    } else if (upTo === Number.MAX_SAFE_INTEGER) {
      this.tell('cut-off', seq, `${made} knows this line, and the chain ends before it`)
    } else this.tell('checkpoint-does-not-fit', seq, `${made} knows this line, and it is missing`)
  }

  /** Lines that no chain holds: somebody put them there. */
  private async strays(begins: number): Promise<void> {
    const stray = await this.trx<AuditRow>('emrex_audit')
      .where(this.own)
      .where((either) => void either.whereNull('seq').orWhere('seq', '<=', begins))
      .first()
    if (stray !== undefined) this.tell('inserted', Number(stray.seq ?? 0), 'a line has no place in the chain')
  }

  private judgeHead(head: HeadRow | undefined, last: { seq: number; hash: Uint8Array }): void {
    if (head === undefined) {
      if (this.found.lines > 0) this.tell('head-changed', last.seq, 'the note of where the chain ends is missing')
      return
    }
    const { kind, entry, hash, mac } = head
    const seq = Number(head.seq)
    if (!headMacs(this.context.seal, { kind, entry, seq, hash }).some((each) => sameBytes(each, mac)))
      this.tell('head-changed', seq, 'the note of where the chain ends was not written with our keys')
    if (seq > last.seq) {
      const missing = seq - last.seq
      const words = missing === 1 ? 'the last line is' : `the last ${missing} lines are`
      this.tell('cut-off', last.seq + 1, `${words} missing`)
    } else if (seq < last.seq) this.tell('inserted', seq + 1, 'lines follow after the end of the chain')
    else if (!sameBytes(hash, last.hash)) this.tell('head-changed', seq, 'the chain ends with another line')
  }

  private tell(fault: AuditFault, seq: number, message: string): void {
    if (this.problems.length < mostProblems) this.problems.push({ ...this.name, fault, seq, message })
  }
}
