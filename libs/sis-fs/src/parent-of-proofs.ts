import type { FsProof } from './fs-answers.js'
import { courseOf, wholesOfPart } from './part-of-course.js'

const rank = { Resultat: 0, OppnaddEmnesamling: 1, OppnaddKvalifikasjon: 2 } as const

/**
 * What each proof belongs to, by id: what FS names as its parent (or names it as a child), the nearest first; for a part of
 * a course besides, the result of the whole. A part without such a result belongs to one that is not there.
 */
export function parentOfProofs(proofs: readonly FsProof[]): ReadonlyMap<string, string | undefined> {
  const byId = new Map(proofs.map((proof) => [proof.id, proof]))
  const named = new Map<string, string[]>()
  const add = (child: string, parent: string): void => {
    if (byId.has(child) && byId.has(parent) && child !== parent) named.set(child, [...(named.get(child) ?? []), parent])
  }
  for (const { id, parents, children } of proofs) {
    for (const parent of parents?.nodes ?? []) add(id, parent.id)
    // A degree of many courses names its children a page at a time; their own side is complete.
    for (const child of children?.nodes ?? []) add(child.id, id)
  }
  const wholes = new Map<string, string>()
  for (const proof of proofs)
    if (proof.__typename === 'Resultat')
      wholes.set(partKey(courseOf(proof), proof.vurderingsoppbygningsdelskode), proof.id)

  return new Map(
    proofs.map((proof) => {
      const { whole, missing } = wholeOf(proof, wholes)
      const [nearest] = (named.get(proof.id) ?? []).sort(
        (a, b) => rank[byId.get(a)!.__typename] - rank[byId.get(b)!.__typename],
      )
      // A whole course is nearer than the degree that FS may name for each of its parts as well.
      const isNamedResult = nearest !== undefined && byId.get(nearest)!.__typename === 'Resultat'
      return [proof.id, isNamedResult ? nearest : (whole ?? nearest ?? missing)]
    }),
  )
}

/** The result that the part belongs to, by the structure of the course; a key for it where there is none. */
function wholeOf(proof: FsProof, wholes: ReadonlyMap<string, string>): { whole?: string; missing?: string } {
  if (proof.__typename !== 'Resultat') return {}
  const codes = wholesOfPart(proof).map((code) => partKey(courseOf(proof), code))
  const whole = codes.map((code) => wholes.get(code)).find((id) => id !== undefined)
  const missing = codes.at(-1)
  return whole !== undefined ? { whole } : missing !== undefined ? { missing } : {}
}

const partKey = (course: string | undefined, part: string): string => JSON.stringify([course ?? null, part])
