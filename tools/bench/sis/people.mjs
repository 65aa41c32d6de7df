import { largeRecord, studentOf } from '@emrex-gateway/testing/population'

/** @typedef {import('@emrex-gateway/testing/population').Student} Student */
/** @typedef {import('@emrex-gateway/core').PersonIdentifier} PersonIdentifier */

/**
 * Somebody with so many courses. `lova` is who has attachments where a system has any.
 *
 * @param {number} courses
 * @param {Student['id']} id
 * @returns {Student}
 */
export function somebody(courses, id) {
  const { nationalId: _none, formerFamily: _former, ...ada } = studentOf('ada')
  const number = String(600_000 + courses)
  const results = largeRecord(courses).map((result) => ({ ...result, key: `${courses}-${result.key}` }))
  return { ...ada, id, number, key: `1d0a6b1e-0000-4000-8000-000000${number}`, results: { first: results } }
}

/**
 * The login of a student, with what the systems search by.
 *
 * @param {Student} student
 * @param {readonly PersonIdentifier[]} identifiers
 * @returns {import('@emrex-gateway/core').Identity}
 */
export const loginOf = ({ given, family, birthDate, number }, identifiers) => ({
  ...{ provider: 'bench', issuer: 'urn:bench', subject: number, loa: 'high', authenticatedAt: '2026-01-01T00:00:00Z' },
  names: [{ given, family, kind: 'current' }],
  birthDate: { value: birthDate, precision: 'day' },
  identifiers,
  roles: [],
})
