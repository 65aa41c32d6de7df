import type { CliArguments } from './cli-arguments.js'
import type { CliOutput } from './cli-output.js'

export interface CliOption {
  /** What stands for its value in the help; without it the option takes none. */
  readonly value?: string
  /** May be given several times. */
  readonly multiple?: true
  readonly words: string
}

/** One command of `elmo`, with everything its help says. */
export interface CliCommand {
  readonly name: string
  /** How its files stand in the help. */
  readonly files: '' | '[FILE]' | '[FILE…]' | 'FILE…'
  /** One line. */
  readonly summary: string
  /** What else a user should know: paragraphs, which the help wraps. */
  readonly about: readonly string[]
  readonly options: Readonly<Record<string, CliOption>>
  /** Gives the exit code. Throws UsageError, and ElmoError for a document that is refused. */
  readonly run: (args: CliArguments, output: CliOutput) => Promise<number>
}
