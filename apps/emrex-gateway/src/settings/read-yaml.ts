import { parseDocument } from 'yaml'

/** What a YAML text says, and every place where it is not YAML, by its line. JSON is YAML too. */
export function readYaml(text: string): {
  readonly written: unknown
  readonly errors: readonly { readonly path: string; readonly message: string }[]
} {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true })
  const errors = document.errors.map(({ linePos, message, code }) => ({
    path: `line ${linePos?.[0].line ?? '?'}`,
    // The place stands in the path already.
    message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? code,
  }))
  if (errors.length > 0) return { written: {}, errors }
  try {
    return { written: (document.toJS() as unknown) ?? {}, errors }
  } catch (error) {
    // A name after `*` stands for something else in YAML, and is looked up only now.
    return { written: {}, errors: [{ path: '', message: (error as Error).message }] }
  }
}
