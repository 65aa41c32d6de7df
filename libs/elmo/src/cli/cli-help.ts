import type { CliCommand, CliOption } from './cli-command.js'

const maxWidth = 80

/** Lines of at most so many characters, broken at blanks. */
function wrapped(text: string, width = maxWidth): string[] {
  const lines: string[] = []
  for (const word of text.trim().split(/\s+/)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** Names in a column, their words beside them. */
const indented = (rows: readonly (readonly [string, string])[]): string[] => {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4
  return rows.flatMap(([name, words]) =>
    wrapped(words, maxWidth - left).map((line, at) => (at === 0 ? `  ${name}` : '').padEnd(left) + line),
  )
}

const optionWords = ([name, { value }]: readonly [string, CliOption]): string =>
  value === undefined ? `--${name}` : `--${name} ${value}`

/** What `elmo COMMAND --help` prints. */
export function commandHelp({ name, files, summary, about, options }: CliCommand): string {
  const all = { ...options, help: { words: 'this text' } }
  const rows = Object.entries<CliOption>(all).map((option) => {
    const words = option[1].multiple ? `${option[1].words}; may be given several times` : option[1].words
    return [optionWords(option), words] as const
  })
  const usage = `Usage: elmo ${name} [options] ${files}`.trimEnd()
  const paragraphs = [summary, ...about].flatMap((each) => ['', ...wrapped(each)])
  return [usage, ...paragraphs, '', 'Options:', ...indented(rows), ''].join('\n')
}

/** What `elmo --help` prints. */
export function overallHelp(commands: readonly CliCommand[]): string {
  return [
    'Usage: elmo COMMAND [options] [FILE…]',
    '',
    'Documents of ELMO, the format in which study results travel between universities.',
    '',
    'Commands:',
    ...indented(commands.map(({ name, summary }) => [name, summary])),
    '',
    'A file - is standard input; most commands take it when no file is given.',
    ...wrapped(
      'Exit codes: 0 done, valid, verified; 1 the document is not; 2 wrong usage, or a file that cannot be read or written.',
    ),
    '',
    'elmo COMMAND --help says more about a command.',
    '',
  ].join('\n')
}
