import type { ElmoError } from '../../elmo-error.js'
import type { LintReport } from '../../lint/lint-elmo.js'
import { lintProfileNames } from '../../lint/lint-profiles.js'
import { lintSeverities, type LintFinding } from '../../lint/lint-rule.js'
import { lintXml } from '../../lint/lint-xml.js'
import type { CliCommand } from '../cli-command.js'
import { judgeEachFile } from '../each-file.js'
import { harmlessJson } from '../harmless-json.js'
import { placeWords, problemLine, problemOfError } from '../problem-line.js'
import { sharedOptions } from '../shared-options.js'
import { textTable } from '../text-table.js'

export const lintCommand: CliCommand = {
  name: 'lint',
  files: '[FILE…]',
  summary: 'Say what valid documents lack to be good ones, with a score from 0 to 100.',
  about: [
    'Prints a line for each file with its score, and below it the findings by line and column: severity, rule, path, what is wrong, how to mend it. Whether a document is valid is for elmo validate to say. Files are XML.',
    'With --json each line is an object: file, release, score, findings, omitted.',
    'Exit codes: 0 no finding is an error, 1 one is, or a file is no ELMO document; 2 wrong usage or an unreadable file.',
  ],
  options: {
    profile: { value: 'PROFILE', words: `by whose wishes: ${lintProfileNames.join(', ')}` },
    version: { ...sharedOptions.version, words: `by the rules of which release: ${sharedOptions.version.words}` },
    json: sharedOptions.jsonLines,
    progress: sharedOptions.progress,
  },
  run: (args, output) => {
    const profile = args.oneOf('profile', lintProfileNames)
    const release = args.release('version')
    const judge = async (xml: Uint8Array, file: string): Promise<boolean> => {
      const report = lintXml(xml, {
        ...(profile !== undefined && { profile }),
        ...(release !== undefined && { release }),
      })
      if (args.flag('json')) await output.raw(`${harmlessJson({ file, ...report })}\n`)
      else for (const line of linesOf(report, file, profile)) await output.line(line)
      return !report.findings.some(({ severity }) => severity === 'error')
    }
    const refused = async (error: ElmoError, file: string): Promise<void> => {
      const problem = problemOfError(error)
      const finding = { severity: 'error', ...problem }
      if (args.flag('json')) await output.raw(`${harmlessJson({ file, score: 0, findings: [finding], omitted: 0 })}\n`)
      else await output.line(`${file}: refused: ${problemLine(problem)}`)
    }
    return judgeEachFile({ judge, refused }, args, output)
  },
}

function linesOf({ score, release, findings, omitted }: LintReport, file: string, profile?: string): string[] {
  const rules = profile === undefined ? `ELMO ${release}` : `ELMO ${release} and ${profile}`
  const counts = lintSeverities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : `${count} ${severity}${count === 1 ? '' : 's'}`
  })
  return [
    `${file}: score ${score} of 100 by ${rules}; ${counts.join(', ') || 'no findings'}`,
    ...textTable(findings.map(cellsOf)),
    ...(omitted > 0 ? [`  and ${omitted} more findings`] : []),
  ]
}

const cellsOf = (finding: LintFinding): string[] => [
  `  ${placeWords(finding)}`,
  finding.severity,
  finding.rule,
  `${finding.path ?? ''}: ${finding.message}. ${finding.hint}`,
]
