import { readFileSync } from 'node:fs'
import { compileFunction } from 'node:vm'

const importLine = /^import \{ ([^}]+) \} from '([^']+)'\n/gm

/**
 * Runs the first example of a README as it stands, so that it cannot grow old: its imports are taken from `modules`, what
 * it takes for granted from `given`. Gives what its constants hold at the end.
 *
 * @throws {Error} when there is no example, or it imports something that its module does not have.
 */
export async function runReadmeExample(
  readme: URL,
  modules: Readonly<Record<string, object>>,
  given: Readonly<Record<string, unknown>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const [, example] = /```ts\n([^]*?)```/.exec(readFileSync(readme, 'utf8')) ?? []
  if (example === undefined) throw new Error('the README has no example')
  const values: Record<string, unknown> = { ...given }
  for (const [, names = '', from = ''] of example.matchAll(importLine)) {
    for (const name of names.split(', ')) {
      const found = (modules[from] as Record<string, unknown> | undefined)?.[name]
      if (found === undefined) throw new Error(`"${from}" has no ${name}`)
      values[name] = found
    }
  }
  const body = example.replace(importLine, '')
  const constants = [...body.matchAll(/^const (\w+) =/gm)].map(([, name]) => name)
  const code = `return (async () => {\n${body}\nreturn { ${constants.join(', ')} }\n})()`
  const run = compileFunction(code, Object.keys(values)) as (...values: readonly unknown[]) => Promise<never>
  return run(...Object.values(values))
}
