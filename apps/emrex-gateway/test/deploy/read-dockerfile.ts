/** One instruction of a Dockerfile: its word in capitals, and the rest of its line. */
export interface Instruction {
  readonly word: string
  readonly rest: string
}

export interface Stage {
  readonly name: string
  readonly from: string
  readonly instructions: readonly Instruction[]
}

/** The stages of a Dockerfile, in order. Lines that end with a backslash go on; comments and blank lines are left out. */
export function readDockerfile(text: string): readonly Stage[] {
  const stages: { name: string; from: string; instructions: Instruction[] }[] = []
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
  for (const line of lines) {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    if (word === undefined || rest === undefined) throw new Error(`not an instruction: ${line}`)
    const [, from, name] = (word === 'FROM' && /^(\S+) AS (\S+)$/.exec(rest)) || []
    if (word === 'FROM' && (from === undefined || name === undefined))
      throw new Error(`a stage without a name: ${line}`)
    if (from !== undefined && name !== undefined) stages.push({ name, from, instructions: [] })
    else if (stages.length > 0) stages.at(-1)!.instructions.push({ word, rest })
    // Before the first stage, an argument with a default is all that may stand.
    else if (word !== 'ARG') throw new Error(`before the first stage: ${line}`)
  }
  return stages
}

/** The rest of every instruction of that word in a stage. */
export const allOf = ({ instructions }: Stage, word: string): readonly string[] =>
  instructions.filter((one) => one.word === word).map(({ rest }) => rest)

/** The rest of the last instruction of that word, the one that counts. */
export function lastOf(stage: Stage, word: string): string {
  const rest = allOf(stage, word).at(-1)
  if (rest === undefined) throw new Error(`the stage ${stage.name} has no ${word}`)
  return rest
}

/** A command in its form of a list: `["node", "…"]`. */
export const listOf = (rest: string): readonly string[] => JSON.parse(rest) as string[]

/** Whether the lines of a .dockerignore leave a path out; of its language only `*` and `**` are known here. */
export function ignoredBy(text: string): (path: string) => boolean {
  const patterns = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const expressions = patterns.map((pattern) => {
    if (/[![?\\]/.test(pattern)) throw new Error(`not known here: ${pattern}`)
    const escaped = pattern.replaceAll('.', '\\.').replaceAll('**/', '(?:.§/)?').replaceAll('*', '[^/]*')
    return new RegExp(`^${escaped.replaceAll('§', '*')}(?:/|$)`)
  })
  return (path) => expressions.some((expression) => expression.test(path))
}
