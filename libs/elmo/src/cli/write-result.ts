import { writeFile } from 'node:fs/promises'
import type { CliArguments } from './cli-arguments.js'
import type { CliOutput } from './cli-output.js'
import { fileError } from './usage-error.js'

/**
 * Puts the result where `--output` says, else onto standard output, byte for byte.
 * @throws {UsageError} when the file cannot be written
 */
export async function writeResult(result: string | Uint8Array, args: CliArguments, output: CliOutput): Promise<void> {
  const file = args.text('output')
  if (file === undefined || file === '-') return output.raw(result)
  return writeToFile(file, result)
}

/** @throws {UsageError} when the file cannot be written */
export async function writeToFile(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (error) {
    throw fileError('write', file, error)
  }
}
