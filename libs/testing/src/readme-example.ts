import { readFileSync } from 'node:fs'
import { compileFunction } from 'node:vm'

const importLine = /^import \{ ([^}]+) \} from '([^']+)'\n/gm
/** `const name =`, or `const { one, two: other } =`. */
const constantLine = /^const (?:(\w+)|\{ ([^}=]+) \}) =/gm

type Modules = Readonly<Record<string, object>>
type Values = Readonly<Record<string, unknown>>

/** What stands in a README between ```LANGUAGE and ```, in order. @throws {Error} when there is none */
export function readmeExamples(readme: URL, language: string): string[] {
  const text = readFileSync(readme, 'utf8')
  const examples = [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(
    ([, code = '']) => code,
  )
  if (examples.length === 0) throw new Error('the README has no example')
  return examples
}

/**
 * Runs the first example of a README as it stands, so that it cannot grow old: its imports are taken from `modules`, what
 * it takes for granted from `given`. Gives what its constants hold at the end.
 *
 * @throws {Error} when there is no example, or it imports something that its module does not have.
 */
export async function runReadmeExample(readme: URL, modules: Modules, given: Values = {}): Promise<Values> {
  const [first = ''] = readmeExamples(readme, 'ts')
  return run(first, modules, given)
}

/**
 * Runs every example of a README, one after the other; each may use what those before it left. Gives what the constants of
 * each hold.
 *
 * @throws {Error} as `runReadmeExample`
 */
export async function runReadmeExamples(readme: URL, modules: Modules, given: Values = {}): Promise<Values[]> {
  const results: Values[] = []
  for (const example of readmeExamples(readme, 'ts')) {
    results.push(await run(example, modules, Object.assign({}, given, ...results) as Values))
  }
  return results
}

async function run(example: string, modules: Modules, given: Values): Promise<Values> {
  const values: Record<string, unknown> = { ...given }
  for (const [, names = '', from = ''] of example.matchAll(importLine)) {
    for (const name of names.split(', ')) {
      const found = (modules[from] as Record<string, unknown> | undefined)?.[name]
      if (found === undefined) throw new Error(`"${from}" has no ${name}`)
      values[name] = found
    }
  }
  const body = example.replace(importLine, '')
  const constants = [...body.matchAll(constantLine)].flatMap(([, name, list = '']) =>
    name === undefined ? list.split(', ').map((each) => each.split(': ').at(-1)) : [name],
  )
  const code = `return (async () => {\n${body}\nreturn { ${constants.join(', ')} }\n})()`
  const compiled = compileFunction(code, Object.keys(values)) as (...values: readonly unknown[]) => Promise<never>
  return compiled(...Object.values(values))
}
