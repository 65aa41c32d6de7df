import { parse, stringify } from 'yaml'
import type { TownOptions } from '@emrex-gateway/town'
import { TownUnderTest } from '../town-under-test.js'

export interface OperationsChange {
  readonly operations?: Readonly<Record<string, unknown>>
  /** Changes other parts of the settings. */
  readonly change?: (settings: Record<string, unknown>) => object
  readonly options?: Pick<TownOptions, 'folder' | 'otherSystems'> | object
}

/** The town with a door for operators. */
export function townWithOperations({
  operations = {},
  change,
  options = {},
}: OperationsChange = {}): Promise<TownUnderTest> {
  return TownUnderTest.start({
    ...options,
    rewriteSettings: (yaml) => {
      const settings = parse(yaml) as Record<string, unknown>
      const changed = { ...settings, operations: { admin: { port: 0 }, ...operations } }
      return stringify(change === undefined ? changed : change(changed))
    },
  })
}

/** What the door for operators says at a path. */
export async function atDoor(under: TownUnderTest, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${under.town.adminPort}${path}`)
  return { status: answer.status, text: await answer.text() }
}

export interface ShownHealth {
  readonly status: string
  readonly trouble: readonly string[]
  readonly ready: boolean
  readonly draining: boolean
  readonly store: { readonly answers: boolean; readonly writable: boolean; readonly finding?: string }
  readonly systems: readonly { readonly id: string; readonly ok: boolean; readonly findings: readonly string[] }[]
  readonly logins: readonly { readonly id: string; readonly available: boolean }[]
  readonly certificates: readonly { readonly use: string; readonly name: string; readonly daysLeft: number }[]
  readonly registry: { readonly ncps: number; readonly stale: boolean; readonly ageSeconds?: number }
  readonly ncps: readonly { readonly ncp: string; readonly inARow: number }[]
  readonly deliveries: readonly { readonly entry: string; readonly dead: number; readonly overdueSeconds: number }[]
  readonly left: readonly { readonly queue: string; readonly jobs: number }[]
  readonly unseen: readonly { readonly of: string; readonly cases: number }[]
  readonly evidence: {
    readonly chains: number
    readonly broken: readonly { readonly entry: string; readonly line: number }[]
  }
  readonly keys: { readonly refused: readonly { readonly what: string; readonly why: string }[] }
  readonly limits: { readonly countedBy: string }
  readonly retention?: { readonly at: string; readonly deleted: Readonly<Record<string, number>> }
}

export const healthOf = async (under: TownUnderTest): Promise<ShownHealth> =>
  JSON.parse((await atDoor(under, '/health')).text) as ShownHealth

/** The samples of a metric: labels as they are written, and the value. */
export async function samplesOf(under: TownUnderTest, name: string): Promise<ReadonlyMap<string, number>> {
  const { text } = await atDoor(under, '/metrics')
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  return new Map(
    lines.map((line) => {
      const [, labels = '', value = ''] = /^[^{ ]+(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
      return [labels, Number(value)]
    }),
  )
}

export const sumOf = (samples: ReadonlyMap<string, number>, part = ''): number =>
  [...samples].filter(([labels]) => labels.includes(part)).reduce((sum, [, value]) => sum + value, 0)
