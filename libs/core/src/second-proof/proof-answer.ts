import type { ProofStep, ProofWays, WaysMistake } from './proof-step.js'

/** What the person did on the page of a second proof. */
export type ProofAnswer =
  | { readonly did: 'number'; readonly place: string; readonly number: string }
  | { readonly did: 'code'; readonly code: string }
  /** Another number, or another code. */
  | { readonly did: 'back' }
  | { readonly did: 'no-access' }

/** Reads the form of such a page; anything else leads back to its beginning. */
export function parseProofAnswer(form: ReadonlyMap<string, string>): ProofAnswer {
  const did = form.get('did')
  if (did === 'number') return { did, place: form.get('place') ?? '', number: form.get('number') ?? '' }
  if (did === 'code') return { did, code: form.get('code') ?? '' }
  return { did: did === 'no-access' ? 'no-access' : 'back' }
}

/** What a page shows of a step: no number, and nothing that depends on whether it exists. */
export type ShownProof =
  | {
      readonly step: 'ways'
      readonly places: readonly string[]
      readonly logins: ProofWays['logins']
      readonly mistake?: WaysMistake
    }
  | { readonly step: 'code'; readonly place: string; readonly minutes: number; readonly mistake?: 'code' }
  | {
      readonly step: 'refused'
      readonly why: (ProofStep & { step: 'refused' })['why']
      readonly logins: ProofWays['logins']
    }

/** The way back to the choice between the ways, with what went wrong on the one before. */
export const waysOf = ({ systems, places, logins }: ProofWays, mistake?: WaysMistake): ProofStep => ({
  ...{ systems, places, logins, step: 'ways' },
  ...(mistake === undefined ? {} : { mistake }),
})
