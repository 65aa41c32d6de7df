import type { Institution, LookupAbilities, SisConnection, SisContext } from '../ports/sis-plugin.js'
import type { LookupPlace } from './offered-logins.js'

const freshMs = 3_600_000

/** What the places of a SIS are made of: its source at an NCP, its target at an SMP. */
export interface LookupSystem {
  /** Of the connection. */
  readonly id: string
  /** How people know the SIS, unless it has several institutions. */
  readonly title: string
  readonly part:
    | {
        readonly can: LookupAbilities
        institutions?(context: SisContext): Promise<readonly Institution[]>
      }
    | undefined
}

/** The systems of an NCP. */
export const systemsOfSources = (
  sources: readonly SisConnection[],
  titles?: ReadonlyMap<string, string>,
): readonly LookupSystem[] => sources.map(({ id, source }) => ({ id, title: titles?.get(id) ?? id, part: source }))

/** Which institutions an entry can look somebody up at, asked seldom: what a login is good for stands on every login page. */
export class LookupPlaces {
  private known: readonly LookupPlace[] = []
  private knownUntil = 0

  constructor(
    private readonly systems: readonly LookupSystem[],
    /** Whether codes can be sent by mail. */
    private readonly sendsMail: boolean,
  ) {}

  /** A SIS that does not answer is known by its title until it does. */
  async all(now: number, context: () => SisContext): Promise<readonly LookupPlace[]> {
    if (now < this.knownUntil) return this.known
    const asked = await Promise.all(this.systems.map((system) => this.placesOf(system, context)))
    this.known = asked.flatMap(({ places }) => places)
    this.knownUntil = asked.every(({ isComplete }) => isComplete) ? now + freshMs : 0
    return this.known
  }

  private async placesOf(
    { id, title, part }: LookupSystem,
    context: () => SisContext,
  ): Promise<{ places: readonly LookupPlace[]; isComplete: boolean }> {
    if (part === undefined) return { places: [], isComplete: true }
    const place = (of: Pick<Institution, 'title' | 'schac' | 'hasContacts'>): LookupPlace => ({
      ...part.can,
      title: of.title,
      ...(part.can.delegated === true ? { onlyBy: id } : {}),
      secondProof: this.sendsMail && of.hasContacts === true && of.schac !== undefined,
    })
    try {
      const institutions = (await part.institutions?.(context())) ?? []
      const [only, ...others] = institutions
      // The operator's word for a SIS of one institution; several are told apart by their own names.
      if (others.length === 0) return { places: [place({ ...only, title })], isComplete: true }
      return { places: institutions.map(place), isComplete: true }
    } catch {
      // Told where it matters: when results are read from it.
      return { places: [place({ title })], isComplete: false }
    }
  }
}
