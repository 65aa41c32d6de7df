/** The command was not called as it can be, or a file cannot be read or written: exit code 2. The message is one line. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A file that the system does not give or take: `cannot read x.xml (ENOENT)`. */
export function fileError(action: 'read' | 'write', file: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  return new UsageError(`cannot ${action} ${file} (${code})`, { cause: error })
}
