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
