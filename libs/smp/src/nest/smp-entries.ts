import { defaults, EmrexError } from '@emrex-gateway/core'
import { TransferHttp, translator, type Frame } from '@emrex-gateway/web'
import type { OpenImportApi } from '../api/open-import-api.js'
import type { SmpFlow } from '../flow/smp-flow.js'
import type { SmpPage, StaffPage } from '../flow/smp-page.js'
import type { SmpState } from '../flow/smp-transfer.js'
import type { StaffFlow, StaffState } from '../flow/staff-flow.js'
import type { PageContext } from './pages/page-context.js'
import { smpPageView } from './pages/smp-page-view.js'
import { staffPageView } from './pages/staff-page-view.js'

export interface SmpParts {
  readonly flow: SmpFlow
  readonly staff: StaffFlow | undefined
  /** Another system is served: the flow's `desk` and `target` are of this. */
  readonly api?: OpenImportApi | undefined
}

/** One SMP with its ways to HTTP. */
export interface SmpDoor extends SmpParts {
  readonly home: string
  readonly http: TransferHttp<SmpState, SmpPage>
  readonly staffHttp: TransferHttp<StaffState, StaffPage> | undefined
}

/** Counts a call of the import API; gives the seconds that the key must wait, or undefined where it may call. */
export type LimitCalls = (entry: string, keyId: string) => Promise<number | undefined>

/** The SMPs of this gateway by the id in their path. */
export class SmpEntries {
  private readonly doors: ReadonlyMap<string, SmpDoor>

  constructor(
    parts: readonly SmpParts[],
    /** Called when an import of an entry was decided, so that it need not wait for the next round. */
    readonly decided: (entry: string) => void,
    now: () => Date,
    readonly limitCalls: LimitCalls = () => Promise.resolve(undefined),
  ) {
    this.doors = new Map(parts.map((part) => [part.flow.entry.id, openDoor(part, now)]))
  }

  /** @throws {EmrexError} PAGE_UNKNOWN */
  find(id: string): SmpDoor {
    const door = this.doors.get(id)
    if (door === undefined) throw new EmrexError('PAGE_UNKNOWN')
    return door
  }

  /** One that serves another system. @throws {EmrexError} PAGE_UNKNOWN */
  findApi(id: string): SmpDoor & { readonly api: OpenImportApi } {
    const { api, ...door } = this.find(id)
    if (api === undefined) throw new EmrexError('PAGE_UNKNOWN')
    return { ...door, api }
  }

  publicUrlOf(id: string): string | undefined {
    const door = this.doors.get(id)
    return door?.api && door.flow.entry.publicUrl
  }
}

function openDoor({ flow, staff, api }: SmpParts, now: () => Date): SmpDoor {
  const { id: entry, publicUrl, title, caseDays: days, target } = flow.entry
  const home = new URL(publicUrl).pathname
  const common = { entry, publicUrl, formMaxBytes: defaults.formMaxBytes, now }
  const context = (frame: Frame, base: string, token: string): PageContext => ({
    t: translator(frame.language),
    language: frame.language,
    base,
    token,
    title,
    home,
    ...(api === undefined ? {} : { isAsked: true }),
    ...(target.target?.can.mode === 'case' ? { byHand: { days } } : {}),
  })
  return {
    flow,
    staff,
    api,
    home,
    http: new TransferHttp<SmpState, SmpPage>({
      ...common,
      transfers: flow.transfers,
      hubPath: (id) => `${home}/transfers/${id}`,
      view: (page, { frame, base, token }) => ({
        ...frame,
        ...smpPageView(page, context(frame, base, token)),
        // Until it is over, and as long as the end is shown then.
        ...(takesDays(page) ? { rememberDays: days + defaults.endedTransferHours / 24 } : {}),
      }),
    }),
    staffHttp:
      staff &&
      new TransferHttp<StaffState, StaffPage>({
        ...common,
        transfers: staff.sessions,
        overCode: 'STAFF_SESSION_OVER',
        hubPath: (id) => `${home}/staff/${id}`,
        view: (page, { frame, base, token }) => ({ ...frame, ...staffPageView(page, context(frame, base, token)) }),
      }),
  }
}

/** Whether the student waits for staff, or for a SIS that is away. */
const takesDays = (page: SmpPage): boolean =>
  page.page === 'needs-staff' || (page.page === 'importing' && page.tries === 'again')
