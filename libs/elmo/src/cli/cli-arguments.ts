import { parseArgs } from 'node:util'
import { releases, type Release } from '../grammar/releases.js'
import type { CliCommand } from './cli-command.js'
import { UsageError } from './usage-error.js'

/** What a command was called with. */
export class CliArguments {
  constructor(
    readonly files: readonly string[],
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  flag(name: string): boolean {
    return this.values[name] === true
  }

  text(name: string): string | undefined {
    return this.texts(name).at(-1)
  }

  texts(name: string): readonly string[] {
    const value = this.values[name]
    return value === undefined ? [] : ([value].flat() as string[])
  }

  /** The one file; standard input when none is given. */
  get file(): string {
    return this.files[0] ?? '-'
  }

  /** @throws {UsageError} when it is none of the known ones */
  release(name: string): Release | undefined {
    return this.oneOf(name, releases)
  }

  /** @throws {UsageError} when it is none of these */
  oneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
    const value = this.text(name)
    const found = known.find((each) => each === value)
    if (value !== undefined && found === undefined)
      throw new UsageError(`--${name} must be one of: ${known.join(', ')}`)
    return found
  }

  /** @throws {UsageError} when it was not given */
  required(name: string): string {
    const value = this.text(name)
    if (value === undefined) throw new UsageError(`--${name} is missing`)
    return value
  }
}

/** @throws {UsageError} for options that the command has not, and too many or too few files */
export function parseArguments(command: CliCommand, argv: readonly string[]): CliArguments {
  const { values, positionals } = parseStrictly(command, argv)
  if (command.files === 'FILE…' && positionals.length === 0) throw new UsageError('no file is given')
  const most = command.files === '' ? 0 : command.files === '[FILE]' ? 1 : Infinity
  if (positionals.length > most) throw new UsageError(most === 0 ? 'no file is expected' : 'one file is expected')
  // The second time nothing would come, and nothing is no document.
  if (positionals.filter((file) => file === '-').length > 1) throw new UsageError('standard input is given twice')
  return new CliArguments(positionals, values)
}

function parseStrictly({ options }: CliCommand, argv: readonly string[]) {
  const config = Object.entries(options).map(([name, { value, multiple = false }]) => {
    return [name, value === undefined ? { type: 'boolean' as const } : { type: 'string' as const, multiple }] as const
  })
  try {
    return parseArgs({ args: [...argv], options: Object.fromEntries(config), allowPositionals: true })
  } catch (error) {
    // Node explains at length; its first sentence says it.
    const [words = ''] = (error as Error).message.split(/\.\s|\n/)
    throw new UsageError(words.replace(/^[A-Z]/, (letter) => letter.toLowerCase()).replace(/\.$/, ''))
  }
}
