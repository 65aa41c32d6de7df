import { validateElmoXml, type ElmoVerdict } from '../../document/validate-elmo-xml.js'
import { maxProblems } from '../../document/problem-list.js'
import type { ElmoError, ElmoProblem } from '../../elmo-error.js'
import type { Release } from '../../grammar/releases.js'
import type { CliArguments } from '../cli-arguments.js'
import type { CliCommand } from '../cli-command.js'
import type { CliOutput } from '../cli-output.js'
import { judgeEachFile } from '../each-file.js'
import { harmlessJson } from '../harmless-json.js'
import { problemLine, problemOfError } from '../problem-line.js'
import { sharedOptions } from '../shared-options.js'

export const validateCommand: CliCommand = {
  name: 'validate',
  files: 'FILE…',
  summary: 'Say whether files are valid ELMO, by the official schema of a release.',
  about: [
    'Prints one line for each file: valid or invalid, and the first problem with line, column and path. Without --version it says in which releases a file is valid; it is then valid when there is one.',
    'With --json each line is an object: file (as given), valid, problems (each with rule, message, path, line, column); without --version also releases.',
    'What the reader refuses, such as a DOCTYPE, is invalid, with its code as the rule. Files are XML: elmo unpack opens a packed answer. Signatures are not verified.',
    'Exit codes: 0 all are valid, 1 one is not, 2 wrong usage or an unreadable file.',
  ],
  options: {
    version: { ...sharedOptions.version, words: `the release; ${sharedOptions.version.words}` },
    json: sharedOptions.jsonLines,
    problems: { words: 'all problems below the line of their file' },
    progress: sharedOptions.progress,
  },
  run: (args, output) => {
    const release = args.release('version')
    const say = (judged: Judged, file: string): Promise<void> => tell(judged, file, release, args, output)
    const judge = async (xml: Uint8Array, file: string): Promise<boolean> => {
      const verdict = validateElmoXml(xml, { release })
      await say(verdict, file)
      return verdict.valid
    }
    const refused = (error: ElmoError, file: string): Promise<void> =>
      say({ valid: false, releases: [], release, problems: [problemOfError(error)] }, file)
    return judgeEachFile({ judge, refused }, args, output)
  },
}

/** A verdict; of a document that was refused no release is the nearest. */
type Judged = Omit<ElmoVerdict, 'release'> & { readonly release: Release | undefined }

async function tell(
  { valid, releases, release, problems: found }: Judged,
  file: string,
  wanted: Release | undefined,
  args: CliArguments,
  output: CliOutput,
): Promise<void> {
  // Valid in some release, the problems of another one are no news.
  const problems = valid ? [] : found
  if (args.flag('json')) {
    const shown = { file, valid, ...(wanted === undefined && { releases }), problems }
    return output.raw(`${harmlessJson(shown)}\n`)
  }
  if (valid) return output.line(`${file}: valid in ${wanted ?? releases.join(', ')}`)
  const words = wanted === undefined ? invalidAnywhere(release) : `invalid in ${wanted}`
  if (args.flag('problems')) {
    await output.line(`${file}: ${words}: ${countWords(problems)}`)
    for (const problem of problems) await output.line(`  ${problemLine(problem)}`)
    return
  }
  const [first] = problems
  const further = problems.length > 1 ? `; ${countWords(problems)}, see --problems` : ''
  return output.line(`${file}: ${words}: ${first === undefined ? '' : problemLine(first)}${further}`)
}

const invalidAnywhere = (nearest: Release | undefined): string =>
  nearest === undefined ? 'invalid' : `invalid in every release, nearest to ${nearest}`

const countWords = ({ length }: readonly ElmoProblem[]): string =>
  length > maxProblems ? `more than ${maxProblems} problems` : length === 1 ? '1 problem' : `${length} problems`
