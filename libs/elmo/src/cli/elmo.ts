import { createRequire } from 'node:module'
import { ElmoError } from '../elmo-error.js'
import { parseArguments } from './cli-arguments.js'
import type { CliCommand } from './cli-command.js'
import { commandHelp, overallHelp } from './cli-help.js'
import type { CliIo } from './cli-io.js'
import { CliOutput } from './cli-output.js'
import { convertCommand } from './commands/convert-command.js'
import { lintCommand } from './commands/lint-command.js'
import { packCommand } from './commands/pack-command.js'
import { showCommand } from './commands/show-command.js'
import { signCommand } from './commands/sign-command.js'
import { unpackCommand } from './commands/unpack-command.js'
import { validateCommand } from './commands/validate-command.js'
import { verifyCommand } from './commands/verify-command.js'
import { xsdCommand } from './commands/xsd-command.js'
import { exitCodes } from './exit-codes.js'
import { problemLine, problemOfError } from './problem-line.js'
import { UsageError } from './usage-error.js'

const commands: readonly CliCommand[] = [
  showCommand,
  validateCommand,
  lintCommand,
  verifyCommand,
  signCommand,
  unpackCommand,
  packCommand,
  convertCommand,
  xsdCommand,
]

/**
 * The command line `elmo`, with the arguments behind its name. Gives the exit code: 0 done, valid, verified; 1 the document
 * is not; 2 wrong usage, or a file that cannot be read or written. Results go to `stdout` alone, everything else to
 * `stderr`; nothing that strangers wrote reaches a terminal with its control characters. Never ends the process.
 */
export async function main(argv: readonly string[], io: CliIo): Promise<number> {
  const [name = '', ...rest] = argv
  const command = commands.find((each) => each.name === (name === 'help' ? rest[0] : name))
  const output = new CliOutput(io, command?.name ?? '')
  if (command === undefined) return withoutCommand(name, rest, output)
  if (name === 'help' || asksForHelp(rest)) {
    await output.raw(commandHelp(command))
    return exitCodes.ok
  }
  try {
    const code = await command.run(parseArguments(command, rest), output)
    await output.finish()
    return code
  } catch (error) {
    return tellFailure(error, command, output)
  }
}

/** Everything behind `--` is a file. */
const asksForHelp = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).some((each) => each === '--help' || each === '-h')
}

async function withoutCommand(name: string, rest: readonly string[], output: CliOutput): Promise<number> {
  if (['--help', '-h'].includes(name) || (name === 'help' && rest.length === 0)) {
    await output.raw(overallHelp(commands))
    return exitCodes.ok
  }
  if (name === '--version') {
    const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
    await output.line(version)
    return exitCodes.ok
  }
  const wrong = name === 'help' ? rest[0] : name
  output.tellMore(wrong === '' ? 'elmo: which command?' : `elmo: there is no command ${wrong}`)
  output.tellMore(`Commands: ${commands.map((each) => each.name).join(', ')}. See elmo --help.`)
  return exitCodes.usage
}

function tellFailure(error: unknown, { name }: CliCommand, output: CliOutput): number {
  if (error instanceof UsageError) {
    output.tell(error.message)
    if (error.cause === undefined) output.tellMore(`See elmo ${name} --help.`)
    return exitCodes.usage
  }
  if (!(error instanceof ElmoError)) throw error
  const { problems = [] } = error.details
  output.tell(problemLine(problemOfError(error)))
  for (const problem of problems.slice(0, 20)) output.tellMore(`  ${problemLine(problem)}`)
  if (problems.length > 20) output.tellMore(`  and ${problems.length - 20} more`)
  return exitCodes.refused
}
