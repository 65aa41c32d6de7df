import type { Migration } from './migration.js'

/** Finds the old lines of evidence that still hold name and reason of staff, among millions that hold none. */
export const staffLines: Migration = () => [
  'create index emrex_audit_by_staff on emrex_audit (at) where sealed is not null',
]
