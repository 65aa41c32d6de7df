import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultRelease } from '../../grammar/releases.js'
import { elmoXsd, elmoXsdFiles } from '../../xsd/elmo-xsd.js'
import type { CliCommand } from '../cli-command.js'
import { exitCodes } from '../exit-codes.js'
import { sharedOptions } from '../shared-options.js'
import { fileError } from '../usage-error.js'
import { writeToFile } from '../write-result.js'

export const xsdCommand: CliCommand = {
  name: 'xsd',
  files: '',
  summary: 'Give a schema for a release, for other programs to validate with.',
  about: [
    'Made from the table that this program validates by; not the official text, with the same verdicts. Its imports need the files that --output writes beside it.',
    'Exit codes: 0 done, 2 wrong usage or a file that cannot be written.',
  ],
  options: {
    version: {
      ...sharedOptions.version,
      words: `the release, ${defaultRelease} without it; ${sharedOptions.version.words}`,
    },
    output: { value: 'FOLDER', words: 'the schema and the files that it imports go there' },
  },
  run: async (args, output) => {
    const release = args.release('version') ?? defaultRelease
    const folder = args.text('output')
    if (folder === undefined) {
      await output.raw(elmoXsd(release))
      return exitCodes.ok
    }
    await makeFolder(folder)
    for (const { name, text } of elmoXsdFiles(release)) {
      await writeToFile(join(folder, name), text)
      output.tell(`wrote ${join(folder, name)}`)
    }
    return exitCodes.ok
  },
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw fileError('write', folder, error)
  }
}
