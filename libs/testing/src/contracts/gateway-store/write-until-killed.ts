import type { GatewayStore } from '@emrex-gateway/core'

const hourMs = 3_600_000
const queue = 'killed'
const states = ['begun', 'ended']

/**
 * Writes whole transfers, one after another, and tells the id of each once the store has promised it; the body of the
 * process that a store's contract kills. Never returns.
 */
export async function writeUntilKilled(store: GatewayStore, acknowledge: (id: string) => void): Promise<never> {
  const transfers = store.transfers<{ readonly state: string }>('ncp')
  for (;;) {
    const expiresAt = Date.now() + hourMs
    const begun = await transfers.create(
      { entry: 'main', state: { state: 'begun' }, browser: 'b', expiresAt },
      { counted: { language: 'en' } },
    )
    const { id } = begun
    await transfers.save(
      begun,
      { state: { state: 'ended' } },
      {
        handles: [{ kind: 'session', value: id }],
        putBodies: [{ name: 'answer', bytes: Buffer.from(id), expiresAt }],
        jobs: [{ queue, key: id, payload: id }],
        audit: [{ event: 'transfer.ended' }],
        counted: { code: 'COMPLETED', stage: 'begun' },
      },
    )
    acknowledge(id)
    if (Math.random() < 0.3) await store.statistics.rollUp()
  }
}

/** What such a process left: the ids of ended transfers with all their effects, and what is not whole: such with a part of them, and wrong counts. */
export async function writtenWhole(
  store: GatewayStore,
): Promise<{ ids: ReadonlySet<string>; broken: readonly string[] }> {
  const transfers = store.transfers<{ readonly state: string }>('ncp')
  // The lease ends at once, so that the next look finds the same jobs.
  const jobs = await store.jobs.claim(queue, { owner: 'look', leaseSeconds: 0, limit: 1_000_000 })
  const jobKeys = new Set(jobs.map(({ key }) => key))
  const ids = new Set<string>()
  const broken: string[] = []
  const look = async ({ id, state }: { readonly id: string; readonly state: { readonly state: string } }) => {
    const effects = await Promise.all([
      transfers.findByHandle('main', { kind: 'session', value: id }).then((found) => found !== undefined),
      transfers.body(id, 'answer').then((body) => body !== undefined),
      store.audit.list({ transfer: id }).then((lines) => lines.length === 1),
    ])
    const due = state.state === 'ended'
    if ([jobKeys.has(id), ...effects].some((present) => present !== due)) broken.push(id)
    else if (due) ids.add(id)
  }
  const all = await transfers.list({ states })
  // Some at a time: a database over the network is slow to be asked one by one.
  for (let at = 0; at < all.length; at += 20) await Promise.all(all.slice(at, at + 20).map(look))
  const stands = (wanted: string) => all.filter(({ state }) => state.state === wanted).length
  const counts = await store.statistics.counts({ from: 0, to: Date.now() + hourMs, kind: 'ncp' })
  const counted = (wanted: string) =>
    counts.filter(({ code }) => code === wanted).reduce((sum, { count }) => sum + count, 0)
  if (counted('') !== stands('begun')) broken.push(`${counted('')} counted of ${stands('begun')} that are under way`)
  if (counted('COMPLETED') !== stands('ended'))
    broken.push(`${counted('COMPLETED')} counted of ${stands('ended')} that ended`)
  return { ids, broken }
}
