/** Every release of ELMO that is read, written and validated, oldest first. */
export const releases = [
  '1.0.0',
  '1.1.0',
  '1.2.0',
  '1.3.0',
  '1.4.0',
  '1.5.0',
  '1.6.0',
  '1.7.0',
  '2.0.0',
  '2.1.1',
] as const
export type Release = (typeof releases)[number]

/** What is written when nobody asks for another one: the release that the network uses. */
export const defaultRelease: Release = '1.7.0'

/** Releases in words: one, from one on (`1.2.0-`), up to one (`-1.7.0`), between two, or several of these with blanks. */
export type ReleaseRange = string

/** Releases as a set: bit n stands for `releases[n]`. */
export type ReleaseSet = number

export const allReleases: ReleaseSet = 2 ** releases.length - 1

export const releaseBit = (release: Release): ReleaseSet => 1 << releases.indexOf(release)

/** @throws {RangeError} for a release that does not exist: a fault of the table */
export function releaseSet(range: ReleaseRange): ReleaseSet {
  return range.split(' ').reduce((set, part) => set | partSet(part), 0)
}

function partSet(part: string): ReleaseSet {
  const [first = '', last = first] = part.split('-')
  const from = first === '' ? 0 : indexOf(first)
  const to = last === '' ? releases.length - 1 : indexOf(last)
  return (2 ** (to + 1) - 1) & ~(2 ** from - 1)
}

function indexOf(name: string): number {
  const index = releases.indexOf(name as Release)
  if (index < 0) throw new RangeError(`There is no release ${name}.`)
  return index
}

/** The members of a set, oldest first. */
export const releasesOf = (set: ReleaseSet): Release[] => releases.filter((_, index) => (set >> index) & 1)

/** A set in plain words, such as "1.2.0 and later" or "1.0.0 to 1.7.0, 2.1.1". */
export function releaseWords(set: ReleaseSet): string {
  const parts: string[] = []
  for (let from = 0; from < releases.length; from++) {
    if (((set >> from) & 1) === 0) continue
    let to = from
    while (((set >> (to + 1)) & 1) === 1) to++
    const [first, last] = [releases[from] as string, releases[to] as string]
    if (to === releases.length - 1 && from < to) parts.push(`${first} and later`)
    else parts.push(from === to ? first : `${first} to ${last}`)
    from = to
  }
  return parts.join(', ')
}
