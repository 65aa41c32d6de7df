import type { ElmoError, ElmoProblem } from '../elmo-error.js'

/** A document that was refused, as a problem: the code stands for the rule. */
export const problemOfError = ({ code, message, details }: ElmoError): ElmoProblem => {
  const { line, column, path } = details
  return {
    rule: code,
    message,
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  }
}

/** `12:5`, or nothing where the place is not known. */
export const placeWords = ({ line, column }: ElmoProblem): string =>
  line === undefined ? '' : `${line}:${column ?? 1}`

/** Errors of the reader begin with their place, for those who print nothing else. */
const withoutPlace = (message: string): string => message.replace(/^Line \d+, column \d+: /, '')

/** A problem in one line: line and column, path, words, rule. */
export const problemLine = (problem: ElmoProblem): string =>
  [placeWords(problem), problem.path ?? '', `${withoutPlace(problem.message)} (${problem.rule})`]
    .filter((each) => each !== '')
    .join(' ')
