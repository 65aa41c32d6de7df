import type { Outcome } from './look-at-outcome.js'

/** What must have been noted, in this order, before anything reaches a student system, and the import itself once. */
const road = ['answer.received', 'document.verified', 'person.matched', 'import.decided', 'import.delivered']

/**
 * What must hold after every fault, once all is delivered: nothing in a SIS without a verified document, a match and a
 * decision; every decided import in a SIS exactly once; the chains of evidence unbroken; nobody named in a log.
 */
export function expectSound({ decided, open, imported, events, states, audit, canaries }: Outcome): void {
  expect(open).toEqual([])
  expect([...imported].sort()).toEqual([...decided].sort())
  expect(new Set(imported).size).toBe(imported.length)
  expect(audit).toEqual([])
  expect(canaries).toEqual([])
  const roads = [...events.values()].filter((list) => list.includes('import.decided'))
  expect(roads).toHaveLength(imported.length)
  for (const list of roads) expect(list.filter((event) => road.includes(event))).toEqual(road)
  for (const [id, state] of states)
    expect([state, events.get(id)?.includes('import.delivered') ?? false]).toEqual([state, state === 'delivered'])
}
