import type { Claim, Subject } from '@emrex-gateway/core'
import { ladokEsiOf as esiOf, type LadokStudent } from '@emrex-gateway/testing'

export { esiOf }

/** How a login names a student: by ESI, which everybody in Ladok has, or as asked for. */
export function subjectOf(student: LadokStudent, way: Claim['type'] = 'esi'): Subject {
  const { nationalId, birthDate, given, family } = student
  if (way === 'nationalId') return { claims: nationalId === undefined ? [] : [{ type: 'nationalId', ...nationalId }] }
  if (way === 'esi') return { claims: [{ type: 'esi', value: esiOf(student) }] }
  return {
    claims: [
      { type: 'birthDate', value: birthDate },
      { type: 'name', given, family },
    ],
  }
}
