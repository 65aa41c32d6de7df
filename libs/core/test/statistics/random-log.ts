import { type Count, type ReasonCode } from '../../src/index.js'

export interface RandomLog {
  readonly counts: readonly Count[]
  readonly transfers: number
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const codes: readonly ReasonCode[] = [
  'NO_RESULTS',
  'USER_CANCEL',
  'USER_GONE',
  'LOGIN_FAILED',
  'SIS_DOWN',
  'ID_NOT_FOUND',
]
const states = ['requested', 'login', 'login-failed', 'identified', 'proving', 'fetched', 'previewed', 'removed']

/**
 * A year of an invented network: some countries and return addresses, a few large and most of them small, transfer by
 * transfer, each counted in one place.
 */
export function randomLog(
  seed: number,
  { underWay, transfers }: { readonly underWay: boolean; readonly transfers?: number },
): RandomLog {
  const random = seeded(seed + 1)
  const upTo = (limit: number) => Math.floor(random() * limit)
  const countries = ['NO', 'SE', 'FI', 'PL', 'HR', 'NL', ''].slice(0, 1 + upTo(7))
  const partners = ['https://a.example', 'https://b.example', 'https://c.example', 'https://d.example', 'other']
  const shown = partners.slice(0, 1 + upTo(5))
  const success = 0.3 + random() * 0.7
  const total = transfers ?? 1 + upTo([12, 60, 300][seed % 3]!)
  const pick = <One>(list: readonly One[]): One => list[Math.floor(random() ** 2.5 * list.length)]!
  const counts: Count[] = []
  for (let number = 0; number < total; number++) {
    const state = states[upTo(states.length)]!
    const going = underWay && (number === 0 || random() < 0.1)
    const code = going ? '' : random() < success ? 'COMPLETED' : pick(codes)
    counts.push({
      hour: Date.UTC(2026, 0, 1) + upTo(365 * 24) * 3_600_000,
      kind: 'ncp',
      entry: pick(['main', 'second']),
      country: pick(countries),
      partner: pick(shown),
      language: pick(['en', 'sv', '']),
      code,
      stage: going ? '' : state,
      count: 1,
    })
  }
  return { counts, transfers: total }
}
