import type { ReadElmo } from '../document/read-tape.js'
import type { CliOutput } from './cli-output.js'

/** Says of a document that is valid in no release that it was read as well as it can be: something may have been left out. */
export function tellInvalid({ releases, problems }: ReadElmo, what: string, output: CliOutput): void {
  if (releases.length > 0) return
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  output.tell(`${what} is valid in no release (${count}, see elmo validate); read as well as it can be`)
}
