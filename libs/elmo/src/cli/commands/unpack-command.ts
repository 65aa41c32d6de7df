import { unpackElmo } from '../../packing/unpack-elmo.js'
import type { CliCommand } from '../cli-command.js'
import { exitCodes } from '../exit-codes.js'
import { noticeLine } from '../notice-line.js'
import { readInput } from '../read-input.js'
import { sharedOptions } from '../shared-options.js'
import { writeResult } from '../write-result.js'

export const unpackCommand: CliCommand = {
  name: 'unpack',
  files: '[FILE]',
  summary: 'Take the XML out of an answer: base64 of gzip, base64, gzip, or XML itself.',
  about: [
    'Departures from base64 of gzip, which not every peer would open, are told on standard error. The XML is not looked at.',
    'Exit codes: 0 opened, 1 it is no packed document, 2 wrong usage or an unreadable file.',
  ],
  options: { output: sharedOptions.output, progress: sharedOptions.progress },
  run: async (args, output) => {
    const { xml, deviations } = unpackElmo(await readInput(args.file, args, output))
    for (const deviation of deviations) output.tell(noticeLine(deviation))
    await writeResult(xml, args, output)
    return exitCodes.ok
  },
}
