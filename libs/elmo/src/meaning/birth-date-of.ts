import type { Learner } from '../model.js'

/**
 * The date of birth that a learner states, as it is written (ISO 8601, perhaps with a zone); undefined where there is none.
 * It has two names: `bday` up to 1.7.0, `dateOfBirth` in 2.0.0, and 2.1.1 allows both. Where both are there and differ,
 * `dateOfBirth` counts: it took the place of `bday`, which 2.1.1 calls obsolete. An empty one says nothing.
 *
 * Spec: ELMO 2.1.1, `learner/dateOfBirth`, `learner/bday`.
 */
export const birthDateOf = ({ dateOfBirth, bday }: Pick<Learner, 'dateOfBirth' | 'bday'>): string | undefined =>
  [dateOfBirth, bday].find((date) => date?.trim())
