/** Fields that a log line may carry: codes, counts and random references, never a value that names a person. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** The log as plugins and flows see it. `event` is `area.past-participle`. */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
