import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { workspaceRoot } from '../commands/workspace-root.mjs'
import { switchChecks } from './switch-checks.mjs'

/** Folders of the library's sources whose checks the attack catalogue must miss. */
const judged = ['xml', 'signature', 'validate', 'saml-refusal.ts']
/** A mutant that runs on is as good as one that says something wrong, but the command must end. */
const maxSeconds = 600

const library = join(workspaceRoot, 'libs/identity-saml')
const copy = join(library, 'dist/mutants')

/** @type {import('./switch-checks.mjs').Mutant[]} */
const mutants = []
rmSync(copy, { recursive: true, force: true })
for (const folder of ['src', 'test'])
  for (const path of sourcesIn(join(library, folder))) {
    const file = relative(join(library, folder), path)
    const source = readFileSync(path, 'utf8')
    const isJudged = folder === 'src' && judged.some((one) => file === one || file.startsWith(`${one}/`))
    const output = isJudged
      ? switchChecks(file, source, mutants)
      : ts.transpileModule(source, {
          compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
        }).outputText
    const target = join(copy, folder, file.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, output)
  }

/** Mutants that the case under way came by; the one that is out. */
const reached = new Set()
let out = -1
Object.assign(globalThis, {
  isTakenOut: (/** @type {number} */ n) => {
    reached.add(n)
    return n === out
  },
})

const load = (/** @type {string} */ file) => import(pathToFileURL(join(copy, 'test', file)).href)
const { makeKeys } = await load('saml-factory.js')
const { attackCases } = await load('attacks/attack-cases.js')
/** @type {{ id: string, name: string, expected: string, run: () => string }[]} */
const cases = attackCases(await makeKeys())

/** @param {(typeof cases)[number]} attack */
function verdictOf(attack) {
  try {
    return attack.run()
  } catch (error) {
    return `thrown: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** @type {Map<number, (typeof cases)[number][]>} */
const casesOf = new Map(mutants.map((_, n) => [n, []]))
for (const attack of cases) {
  reached.clear()
  const verdict = verdictOf(attack)
  if (verdict !== attack.expected) {
    console.error(
      `${attack.id} ${attack.name}: expected ${attack.expected}, got ${verdict}, with every check in its place`,
    )
    process.exit(1)
  }
  for (const n of reached) casesOf.get(n)?.push(attack)
}

const started = Date.now()
let survivors = 0
for (const [n, { place, what }] of mutants.entries()) {
  out = n
  const detail = /'([a-z0-9-]+)'\)$/.exec(what)?.[1]
  // Those that expect the very refusal come first: they are the likeliest to miss it.
  const asked = [...(casesOf.get(n) ?? [])].sort(
    (a, b) => Number(b.expected === detail) - Number(a.expected === detail),
  )
  let killer = ''
  for (const attack of asked) {
    if (Date.now() - started > maxSeconds * 1000) throw new Error(`not done after ${maxSeconds} seconds`)
    const verdict = verdictOf(attack)
    if (verdict === attack.expected) continue
    killer = `${attack.id} "${attack.name}" expected ${attack.expected}, got ${verdict.slice(0, 80)}`
    break
  }
  if (killer === '') survivors += 1
  console.log(
    `${killer === '' ? 'SURVIVED' : 'killed  '} ${place}  ${what.slice(0, 100)}\n         ${killer || 'by nobody'}`,
  )
}
rmSync(copy, { recursive: true, force: true })
const seconds = Math.round((Date.now() - started) / 1000)
console.log(`\n${mutants.length} mutants, ${survivors} survived; ${cases.length} cases, ${seconds} seconds`)
process.exitCode = survivors === 0 ? 0 : 1

/** @param {string} folder @returns {string[]} */
function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesIn(path)
    return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [path] : []
  })
}
