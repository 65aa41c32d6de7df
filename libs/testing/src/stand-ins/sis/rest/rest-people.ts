import type { Claim, Subject } from '@emrex-gateway/core'
import type { Student } from '../../../population/index.js'

const esiOf = ({ number }: Student): string => `urn:schac:personalUniqueCode:int:esi:first.example:${number}`

/** How a login names a student to this system. */
export function restSubjectOf(student: Student, way: Claim['type'] = 'esi'): Subject {
  const { nationalId, number, birthDate, given, family } = student
  const claims: Readonly<Partial<Record<Claim['type'], readonly Claim[]>>> = {
    nationalId: nationalId === undefined ? [] : [{ type: 'nationalId', ...nationalId }],
    esi: [{ type: 'esi', value: esiOf(student) }],
    learnerId: [{ type: 'learnerId', scheme: 'first.example', value: number }],
    birthDate: [
      { type: 'birthDate', value: birthDate },
      { type: 'name', given, family },
    ],
  }
  return { claims: claims[way] ?? [] }
}

/** Whom this system finds: by every claim of the first kind that it can search by. */
export function searchPeople(
  students: readonly Student[],
  claims: readonly Claim[],
): { readonly foundBy: Claim['type']; readonly found: readonly Student[] } {
  const foundBy = claims[0]?.type ?? 'birthDate'
  const name = claims.find((claim) => claim.type === 'name')
  const fits = (student: Student, claim: Claim): boolean => {
    switch (claim.type) {
      case 'nationalId':
        return student.nationalId?.value === claim.value && student.nationalId.country === claim.country
      case 'esi':
        return esiOf(student) === claim.value
      case 'learnerId':
        return claim.scheme === 'first.example' && student.number === claim.value
      case 'birthDate':
        return student.birthDate === claim.value && student.given === name?.given && student.family === name.family
      default:
        return false
    }
  }
  const ofThatKind = claims.filter(({ type }) => type === foundBy)
  return { foundBy, found: students.filter((student) => ofThatKind.some((claim) => fits(student, claim))) }
}
