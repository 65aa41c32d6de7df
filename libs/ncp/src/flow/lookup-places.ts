import type { LookupPlace, SisConnection, SisContext } from '@emrex-gateway/core'

const freshMs = 3_600_000

/** Which institutions the sources of an entry serve, asked seldom: what a login is good for stands on every login page. */
export class LookupPlaces {
  private known: readonly LookupPlace[] = []
  private knownUntil = 0

  constructor(
    private readonly sources: readonly SisConnection[],
    private readonly titles: ReadonlyMap<string, string> | undefined,
  ) {}

  /** A source that does not answer is known by its own title until it does. */
  async all(now: number, context: () => SisContext): Promise<readonly LookupPlace[]> {
    if (now < this.knownUntil) return this.known
    const asked = await Promise.all(this.sources.map((source) => this.placesOf(source, context())))
    this.known = asked.flatMap(({ places }) => places)
    this.knownUntil = asked.every(({ complete }) => complete) ? now + freshMs : 0
    return this.known
  }

  private async placesOf(
    { id, source }: SisConnection,
    context: SisContext,
  ): Promise<{ places: readonly LookupPlace[]; complete: boolean }> {
    if (source === undefined) return { places: [], complete: true }
    const place = (title: string): LookupPlace => ({ title, ...source.can, secondProof: false })
    try {
      const institutions = await source.institutions(context)
      if (institutions.length > 0) return { places: institutions.map(({ title }) => place(title)), complete: true }
    } catch {
      // Told where it matters: when results are read from it.
    }
    return { places: [place(this.titles?.get(id) ?? id)], complete: false }
  }
}
