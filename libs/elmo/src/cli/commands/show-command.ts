import { readElmo } from '../../document/read-elmo.js'
import { birthDateOf } from '../../meaning/birth-date-of.js'
import type { CreditSums } from '../../meaning/credit-sum.js'
import {
  explainResults,
  type ExplainedDocument,
  type ExplainedReport,
  type ExplainedResult,
} from '../../meaning/explain-results.js'
import { resultDoubtTexts, type ResultDoubt } from '../../meaning/result-doubts.js'
import type { Learner } from '../../model.js'
import type { CliCommand } from '../cli-command.js'
import { exitCodes } from '../exit-codes.js'
import { harmlessJson } from '../harmless-json.js'
import { openDocument } from '../open-document.js'
import { sharedOptions } from '../shared-options.js'
import { tellInvalid } from '../tell-invalid.js'
import { textTable } from '../text-table.js'

export const showCommand: CliCommand = {
  name: 'show',
  files: '[FILE]',
  summary: 'Show the results of a document, packed or not, as a table. Not verified.',
  about: [
    'For each report a table: code, title, ECTS credits, grade, status, date; then the sums. Parts stand below their whole, indented. Numbers in brackets mark what a person should look at; what they mean stands below.',
    'Nothing is verified: anybody may have written the document. elmo verify says who. Of a document that is valid in no release standard error says so: some of it may not be shown. With --json one object: file, verified (false), learner, sums, reports.',
    'Exit codes: 0 shown, 1 it is no ELMO document, 2 wrong usage or an unreadable file.',
  ],
  options: {
    language: { value: 'LANGUAGE', multiple: true, words: 'of titles, the best first, such as sv; en without it' },
    json: sharedOptions.json,
    progress: sharedOptions.progress,
  },
  run: async (args, output) => {
    const languages = args.texts('language')
    const read = readElmo(await openDocument(args.file, args, output))
    const { elmo } = read
    tellInvalid(read, 'the document', output)
    const explained = explainResults(elmo, languages.length === 0 ? {} : { languages })
    if (args.flag('json')) {
      const { givenNames, familyName } = elmo.learner
      const birthDate = birthDateOf(elmo.learner)
      const learner = { givenNames, familyName, ...(birthDate !== undefined && { birthDate }) }
      await output.raw(`${harmlessJson({ file: args.file, verified: false, learner, ...explained }, 2)}\n`)
    } else for (const line of linesOf(explained, elmo.learner)) await output.line(line)
    return exitCodes.ok
  },
}

function linesOf({ reports, sums }: ExplainedDocument, learner: Learner): string[] {
  const { givenNames, familyName } = learner
  const birthDate = birthDateOf(learner)
  const marks = new Map<ResultDoubt, number>()
  const tables = reports.flatMap((report) => ['', ...reportLines(report, marks)])
  const together = reports.length > 1 ? ['', ...sumLines('All reports', sums)] : []
  const legend = [...marks].map(([doubt, number]) => `[${number}] ${resultDoubtTexts[doubt]}`)
  return [
    'NOT VERIFIED – nothing below is proven; elmo verify checks the signature.',
    `Learner: ${givenNames} ${familyName}${birthDate === undefined ? '' : `, born ${birthDate}`}`,
    ...tables,
    ...together,
    ...(legend.length === 0 ? [] : ['', ...legend]),
  ]
}

const extentWords: Partial<Record<ExplainedReport['completeness']['extent'], string>> = {
  complete: 'everything that the institution has',
  selection: 'a selection',
  partial: 'only a part of what the institution has',
  error: 'incomplete after an error at the institution',
}

function reportLines(report: ExplainedReport, marks: Map<ResultDoubt, number>): string[] {
  const { issuer, country, completeness, results, sums } = report
  const extent = extentWords[completeness.extent]
  const rows = results.map((result) => [
    result.key.from === 'generated' ? '–' : result.key.code,
    '  '.repeat(result.depth) + (result.title?.value ?? ''),
    result.ects ?? '–',
    result.grade ?? '–',
    result.status.status,
    result.date.date ?? '–',
    marksOf(result, marks),
  ])
  return [
    `${issuer}${country === undefined ? '' : `, ${country}`}${extent === undefined ? '' : ` (${extent})`}`,
    ...textTable([['Code', 'Title', 'ECTS', 'Grade', 'Status', 'Date', ''], ...rows]),
    ...sumLines('In total', sums),
  ]
}

/** Numbers in the order in which doubts are met. */
const marksOf = ({ doubts }: ExplainedResult, marks: Map<ResultDoubt, number>): string =>
  doubts
    .map((doubt) => {
      if (!marks.has(doubt)) marks.set(doubt, marks.size + 1)
      return `[${marks.get(doubt)}]`
    })
    .join('')

function sumLines(label: string, { frontier, course, differ, recognised }: CreditSums): string[] {
  const words = ({ ects, certain }: CreditSums['frontier']): string =>
    ects === undefined
      ? 'no ECTS counted'
      : `${ects} ECTS${certain === ects ? '' : ` (beyond doubt: ${certain ?? '0'})`}`
  return [
    `${label}: ${words(frontier)}`,
    ...(differ ? [`${label}, courses alone: ${words(course)}`] : []),
    ...(recognised.ects === undefined ? [] : [`${label}, recognised from elsewhere: ${words(recognised)}`]),
  ]
}
