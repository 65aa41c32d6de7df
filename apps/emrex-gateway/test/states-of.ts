import type { TownUnderTest } from './town-under-test.js'

interface Line {
  readonly event: string
  readonly reference?: string
  readonly to?: string
}

/** The states that a transfer went through, as the log tells them. */
export const statesOf = (under: TownUnderTest, transferId: string): string[] =>
  under.lines
    .map((line) => JSON.parse(line) as Line)
    .filter(({ event, reference }) => event === 'transfer.changed' && reference === transferId.slice(0, 8))
    .map(({ to }) => to!)
