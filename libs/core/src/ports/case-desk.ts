import type { Delivery, Receipt } from './sis-plugin.js'

/**
 * Where a delivery is left for staff, who enter it by hand: for a SIS into which nobody else can write. The application
 * keeps the case and shows it; a plugin opens it and is done.
 */
export interface CaseDesk {
  /**
   * Opens a case, and answers `queued` with the number that staff search for. The same delivery to the same system gives
   * the same receipt and opens nothing twice, also from two instances at the same time.
   *
   * @throws {SisError} bad-data when the name of a file is not one that every computer takes, or is one of `document.xml`,
   *   `transcript.pdf`, `transcript.html`, `results.csv`, `results.json` and `attachment-…`: those are in every case.
   * @throws {EmrexError} INTERNAL when the document does not verify by the delivery's own `trust`: nobody could be shown it.
   */
  open(newCase: NewCase): Promise<Receipt>
  /** How it stands now: `queued`, `accepted` (staff took it over), `rejected` (with the reason as a code); undefined: no such case. */
  receipt(system: string, id: string): Promise<Receipt | undefined>
}

export interface NewCase {
  /** Id of the SIS connection: whose staff this is for. */
  readonly system: string
  readonly delivery: Delivery
  /** Short, for staff, such as the word by which their SIS marks such results: `EMREX`. No personal data. */
  readonly remark?: string
  /** The results in the shape of that SIS, for staff to take along. */
  readonly files?: readonly CaseFile[]
}

/** One file of a case. */
export interface CaseFile {
  /** Letters, digits, dot, hyphen and underscore: `annan-merit.json`. */
  readonly name: string
  readonly mediaType: string
  readonly text: string
}
