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
  readonly #known = new Map<string, { readonly places: readonly LookupPlace[]; readonly until: number }>()
  readonly #asked = new Map<string, Promise<void>>()

  constructor(
    private readonly systems: readonly LookupSystem[],
    /** Whether codes can be sent by mail. */
    private readonly sendsMail: boolean,
  ) {}

  /** A SIS that does not answer, or not within so many milliseconds, is known by its title until it does. */
  async all(now: number, context: () => SisContext, patience?: number): Promise<readonly LookupPlace[]> {
    const due = this.systems.filter(({ id }) => (this.#known.get(id)?.until ?? 0) <= now)
    const asked = Promise.all(due.map((system) => this.#ask(system, now, context)))
    await (patience === undefined || due.length === 0 ? asked : within(patience, asked))
    return this.systems.flatMap((system) => this.#known.get(system.id)?.places ?? this.#byTitle(system))
  }

  /** One question to a SIS at a time, however many pages are opened. */
  #ask(system: LookupSystem, now: number, context: () => SisContext): Promise<void> {
    const { id } = system
    const asked =
      this.#asked.get(id) ??
      this.#placesOf(system, context)
        .then((places) => void this.#known.set(id, { places, until: now + freshMs }))
        // Told where it matters: when results are read from it.
        .catch(() => {})
        .finally(() => this.#asked.delete(id))
    this.#asked.set(id, asked)
    return asked
  }

  async #placesOf(system: LookupSystem, context: () => SisContext): Promise<readonly LookupPlace[]> {
    const { part, title } = system
    const institutions = (await part?.institutions?.(context())) ?? []
    const [only, ...others] = institutions
    // The operator's word for a SIS of one institution; several are told apart by their own names.
    if (others.length === 0) return this.#placeOf(system, { ...only, title })
    return institutions.flatMap((institution) => this.#placeOf(system, institution))
  }

  #byTitle(system: LookupSystem): readonly LookupPlace[] {
    return this.#placeOf(system, { title: system.title })
  }

  #placeOf(
    { id, part }: LookupSystem,
    { title, schac, hasContacts }: Pick<Institution, 'title' | 'schac' | 'hasContacts'>,
  ): readonly LookupPlace[] {
    if (part === undefined) return []
    const onlyBy = part.can.delegated === true ? { onlyBy: id } : {}
    const secondProof = this.sendsMail && hasContacts === true && schac !== undefined
    return [{ ...part.can, title, ...onlyBy, secondProof }]
  }
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tired = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, tired])
  clearTimeout(timer)
}
