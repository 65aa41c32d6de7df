import { releases } from '../grammar/releases.js'
import type { CliOption } from './cli-command.js'

/** Options that several commands have. */
export const sharedOptions = {
  json: { words: 'for programs: one JSON object' },
  jsonLines: { words: 'for programs: one JSON object per line and file' },
  output: { value: 'FILE', words: 'where the result goes; standard output without it' },
  progress: { words: 'how far it is with files over 5 MB, on standard error' },
  version: { value: 'RELEASE', words: `one of ${releases.join(', ')}` },
} as const satisfies Record<string, CliOption>
