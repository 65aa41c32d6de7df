import type { PluginHost } from '../plugin.js'
import type { CaseFile } from '../ports/case-desk.js'
import type { Delivery, ImportTarget, LookupAbilities } from '../ports/sis-plugin.js'
import { SisError } from '../sis-error.js'

export interface CaseTargetOptions extends Pick<ImportTarget, 'match' | 'institutions' | 'contact'> {
  /** Id of the connection. */
  readonly connection: string
  readonly host: Pick<PluginHost, 'cases'>
  readonly can: LookupAbilities
  /** Shown to staff, such as `EMREX`. */
  readonly remark?: string
  /** The results in the shape of this SIS, for staff to take along. */
  files?(delivery: Delivery): readonly CaseFile[] | Promise<readonly CaseFile[]>
}

/**
 * The whole target of a SIS into which nobody can write: an import is a case for its staff, and never called anything else.
 *
 * Guaranteed: the same delivery opens one case; its receipt says `queued` until staff took it over or refused it.
 */
export function caseTarget(options: CaseTargetOptions): ImportTarget {
  const { connection, host, can, remark, match, institutions, contact } = options
  return {
    can: { ...can, mode: 'case' },
    match,
    async submit(delivery, context) {
      if (context.signal.aborted) throw new SisError('timeout', 'it was called off', { connection })
      const files = await options.files?.(delivery)
      return host.cases.open({
        system: connection,
        delivery,
        ...(remark === undefined ? {} : { remark }),
        ...(files === undefined ? {} : { files }),
      })
    },
    status: (id) => host.cases.receipt(connection, id),
    ...(institutions === undefined ? {} : { institutions }),
    ...(contact === undefined ? {} : { contact }),
  }
}
