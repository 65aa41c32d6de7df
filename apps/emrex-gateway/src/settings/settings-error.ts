/** Problems of a settings file, all of them, each with its path. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  constructor(
    readonly file: string,
    readonly problems: readonly { readonly path: string; readonly message: string }[],
  ) {
    super(
      [
        `${file} cannot be used:`,
        ...problems.map(({ path, message }) => `  ${path === '' ? '(whole file)' : path}: ${message}`),
      ].join('\n'),
    )
  }
}

/** What a schema says of settings, as problems: whoever wrote them looks for a line that is missing, not for `undefined`. */
export const problemsOfIssues = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  above: readonly string[] = [],
): SettingsError['problems'] =>
  issues.map(({ path, message }) => ({
    path: [...above, ...path.map(String)].join('.'),
    message: message.replace(/^Invalid input: expected .*, received undefined$/, 'is missing'),
  }))
