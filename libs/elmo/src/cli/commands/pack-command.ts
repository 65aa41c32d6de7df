import { readElmo } from '../../document/read-elmo.js'
import { packElmo } from '../../packing/pack-elmo.js'
import type { CliCommand } from '../cli-command.js'
import { exitCodes } from '../exit-codes.js'
import { readInput } from '../read-input.js'
import { sharedOptions } from '../shared-options.js'
import { writeResult } from '../write-result.js'

export const packCommand: CliCommand = {
  name: 'pack',
  files: '[FILE]',
  summary: 'Pack a document as EMREX sends it: base64 of gzip, on one line.',
  about: [
    'The result is the value of the form field elmo, without a line end behind it.',
    'Exit codes: 0 packed, 1 it is no ELMO document, 2 wrong usage or an unreadable file.',
  ],
  options: { output: sharedOptions.output, progress: sharedOptions.progress },
  run: async (args, output) => {
    const xml = await readInput(args.file, args, output)
    // What is packed already, or no document at all, would only be found out by the receiver.
    readElmo(xml)
    await writeResult(packElmo(xml), args, output)
    return exitCodes.ok
  },
}
