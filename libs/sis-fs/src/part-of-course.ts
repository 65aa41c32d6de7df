import type { FsResult } from './fs-answers.js'

// Parts of parts are rare; a structure that is deeper leads in a circle.
const maxLevels = 12

/** The course in its version, as FS tells one course from another. */
export const courseOf = ({ emne: { kode, versjonskode } }: Pick<FsResult, 'emne'>): string | undefined =>
  kode === undefined ? undefined : versjonskode === undefined ? kode : `${kode}-${versjonskode}`

/**
 * What this part of a course belongs to, from the nearest up to the whole; empty for a whole. A code that is a part in one
 * structure of the course and a whole in another (they change over the years) is a whole.
 */
export function wholesOfPart({ emne, vurderingsoppbygningsdelskode }: FsResult): string[] {
  const entries = emne.vurderingsoppbygninger.flatMap(({ oppbygningsdeler }) => oppbygningsdeler)
  const parentOf = (code: string): string | undefined => {
    const parents = entries
      .filter(({ vurderingsoppbygningsdel }) => vurderingsoppbygningsdel?.kode === code)
      .map(({ parent }) => parent?.vurderingsoppbygningsdel?.kode)
    return parents.includes(undefined) ? undefined : parents[0]
  }
  const wholes: string[] = []
  for (let next = parentOf(vurderingsoppbygningsdelskode); next !== undefined; next = parentOf(next)) {
    if (wholes.includes(next) || next === vurderingsoppbygningsdelskode || wholes.length === maxLevels) break
    wholes.push(next)
  }
  return wholes
}

export const isPart = (result: FsResult): boolean => wholesOfPart(result).length > 0
