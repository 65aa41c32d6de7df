import { defaults, EmrexError } from '@emrex-gateway/core'
import { TransferHttp, translator, type Site } from '@emrex-gateway/web'
import type { NcpFlow } from '../flow/ncp-flow.js'
import type { NcpPage } from '../flow/ncp-page.js'
import type { NcpState } from '../flow/ncp-transfer.js'
import { ncpPageView } from '../nest/pages/ncp-page-view.js'

/** One NCP with its way to HTTP. */
export interface NcpDoor {
  readonly flow: NcpFlow
  readonly http: TransferHttp<NcpState, NcpPage>
}

/** The NCPs of this gateway by the id in their path. */
export class NcpEntries {
  private readonly doors: ReadonlyMap<string, NcpDoor>

  constructor(flows: readonly NcpFlow[], now: () => Date) {
    this.doors = new Map(flows.map((flow) => [flow.entry.id, openDoor(flow, now)]))
  }

  /** @throws {EmrexError} PAGE_UNKNOWN */
  find(id: string): NcpDoor {
    const door = this.doors.get(id)
    if (door === undefined) throw new EmrexError('PAGE_UNKNOWN')
    return door
  }

  /** Whose page a path is, where it is below one of these NCPs. */
  siteOf(path: string): Site | undefined {
    const [, root, id = ''] = path.split('/')
    const door = root === 'ncp' ? this.doors.get(id) : undefined
    return door && { name: door.flow.entry.title }
  }
}

function openDoor(flow: NcpFlow, now: () => Date): NcpDoor {
  const { id: entry, publicUrl, title } = flow.entry
  const path = new URL(publicUrl).pathname
  return {
    flow,
    http: new TransferHttp<NcpState, NcpPage>({
      entry,
      publicUrl,
      transfers: flow.transfers,
      formMaxBytes: defaults.formMaxBytes,
      now,
      hubPath: (id) => `${path}/transfers/${id}`,
      view: (page, { frame, base, token }) => ({
        ...frame,
        ...ncpPageView(page, { t: translator(frame.language), language: frame.language, base, token, title }),
      }),
    }),
  }
}
