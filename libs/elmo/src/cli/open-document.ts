import { unpackElmo } from '../packing/unpack-elmo.js'
import type { CliArguments } from './cli-arguments.js'
import type { CliOutput } from './cli-output.js'
import { noticeLine } from './notice-line.js'
import { readInput } from './read-input.js'

/**
 * The XML of a file that may be packed as an answer; departures of a packing are told. Bare XML is no packed answer, so
 * that needs no word.
 * @throws {UsageError} when it cannot be read
 * @throws {ElmoError} those of `unpackElmo`
 */
export async function openDocument(file: string, args: CliArguments, output: CliOutput): Promise<Uint8Array> {
  const { xml, deviations } = unpackElmo(await readInput(file, args, output))
  const isBare = deviations.includes('not-base64') && deviations.includes('not-gzipped')
  if (!isBare) for (const deviation of deviations) output.tell(noticeLine(deviation))
  return xml
}
