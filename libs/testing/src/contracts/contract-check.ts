/** One promise of a contract: its name, and how to see that it is kept. Rejects where it is not. */
export interface ContractCheck {
  readonly name: string
  run(): Promise<void>
}

/** Runs each check as a test. */
export function testChecks(checks: readonly ContractCheck[]): void {
  for (const { name, run } of checks) it(name, () => run(), 120_000)
}
