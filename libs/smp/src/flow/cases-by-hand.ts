import {
  commonCaseFiles,
  EmrexError,
  type CaseDecision,
  type StoredCases,
  type VerifiedCase,
  type WaitingCase,
} from '@emrex-gateway/core'
import type { SmpEntry } from './smp-entry.js'
import type { StaffPage } from './smp-page.js'
import { verifiedTranscript } from './verified-transcript.js'

/** A file for staff: its bytes, or the case that the transcript is made of. */
export type FileOfCase =
  | { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly mediaType: string; readonly transcriptOf: VerifiedCase }

/** The cases of the SIS of one SMP, for its staff: those of any other SIS are not known here. */
export class CasesByHand {
  constructor(
    private readonly entry: Pick<SmpEntry, 'target' | 'transcript'>,
    private readonly cases: StoredCases | undefined,
    private readonly now: () => Date,
  ) {}

  /** Absent where this SIS takes results by itself and nothing waits. */
  async list(): Promise<{ readonly byHand?: readonly WaitingCase[] }> {
    const byHand = (await this.cases?.waiting(this.system)) ?? []
    return byHand.length > 0 || this.entry.target.target?.can.mode === 'case' ? { byHand } : {}
  }

  async read(caseId: string): Promise<(StaffPage & { page: 'staff-case' }) | undefined> {
    const open = await this.cases?.read(this.system, caseId)
    const isMade = (name: string) => name !== 'transcript.pdf' || this.entry.transcript !== undefined
    return open && { page: 'staff-case', open, files: this.cases!.filesOf(open).filter(isMade) }
  }

  /** @throws {EmrexError} PAGE_UNKNOWN when there is no such case, or no such file in it */
  async file(caseId: string, name: string, language: string): Promise<FileOfCase> {
    const open = await this.cases?.read(this.system, caseId)
    if (open === undefined) throw new EmrexError('PAGE_UNKNOWN')
    // Files of several students come to lie in one folder.
    const saved = `${open.reference}-${name}`
    if (name === 'transcript.html') return { name: saved, mediaType: commonCaseFiles[name], transcriptOf: open }
    const make = this.entry.transcript
    if (name === 'transcript.pdf' && make !== undefined) {
      const about = { ncp: open.origin.ncp, number: open.reference, language, now: this.now() }
      return {
        name: saved,
        mediaType: commonCaseFiles[name],
        bytes: await verifiedTranscript(make, open.document, about),
      }
    }
    const file = await this.cases!.file(open, name)
    if (file === undefined) throw new EmrexError('PAGE_UNKNOWN')
    return { name: saved, ...file }
  }

  /** False when it is over already, or another system's. */
  async close(caseId: string, decision: CaseDecision): Promise<boolean> {
    return (await this.cases?.decide(this.system, caseId, decision)) ?? false
  }

  private get system(): string {
    return this.entry.target.id
  }
}
