import { ElmoError } from '../elmo-error.js'
import type { CliArguments } from './cli-arguments.js'
import type { CliOutput } from './cli-output.js'
import { exitCodes } from './exit-codes.js'
import { readInput } from './read-input.js'
import { UsageError } from './usage-error.js'

/** How a command judges one file; both say whether the file is good. */
export interface FileJudge {
  readonly judge: (bytes: Uint8Array, file: string) => Promise<boolean>
  readonly refused: (error: ElmoError, file: string) => Promise<void>
}

/**
 * Judges one file after the other, whatever became of those before. Gives 0 when all are good, 1 when one is not, 2 when
 * one could not be read: that one is told and gets no line of the result, because nobody knows what is in it.
 */
export async function judgeEachFile(judge: FileJudge, args: CliArguments, output: CliOutput): Promise<number> {
  let code: number = exitCodes.ok
  for (const file of args.files.length === 0 ? ['-'] : args.files) {
    try {
      const isGood = await judge.judge(await readInput(file, args, output), file)
      if (!isGood) code = Math.max(code, exitCodes.refused)
    } catch (error) {
      if (error instanceof UsageError) {
        output.tell(error.message)
        code = exitCodes.usage
      } else if (error instanceof ElmoError) {
        await judge.refused(error, file)
        code = Math.max(code, exitCodes.refused)
      } else throw error
    }
  }
  return code
}
