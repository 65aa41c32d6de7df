import { SisError, xmlLines } from '@emrex-gateway/core'

/**
 * One row of a view, read by lower-case column names whatever the database calls them. An empty text is the same as
 * NULL, because some databases know no difference.
 *
 * Errors name view and column, never a value.
 */
export class ViewRow {
  readonly #values: ReadonlyMap<string, unknown>

  constructor(
    readonly view: string,
    raw: Readonly<Record<string, unknown>>,
    private readonly connection: string,
  ) {
    this.#values = new Map(Object.entries(raw).map(([name, value]) => [name.toLowerCase(), value]))
  }

  /**
   * Text with its line breaks, trimmed. A date of a driver is a calendar day of this machine's zone, in which drivers make
   * them.
   *
   * @throws {SisError} bad-data when it is no text, nor a number of up to 15 digits.
   */
  lines(column: string): string | undefined {
    const value = this.#values.get(column)
    if (value === null || value === undefined) return undefined
    return xmlLines(this.#asText(column, value))
  }

  /** Text of one line: white space of XML collapsed, all else as it is. */
  text(column: string): string | undefined {
    return this.lines(column)?.replace(/[\t\n\r ]+/g, ' ')
  }

  /** @throws {SisError} bad-data when a required column is empty. */
  required(column: string): string {
    const text = this.text(column)
    if (text === undefined) throw this.badData(column, 'is empty')
    return text
  }

  /** Yes or no, as databases write it. What is neither counts as yes: a flag is set where caution is due. */
  flag(column: string): boolean {
    const value = this.#values.get(column)
    if (value === null || value === undefined) return false
    if (value instanceof Uint8Array) return value.some((byte) => byte !== 0)
    return !['', '0', 'f', 'false', 'n', 'no'].includes(
      String(value as string | number | boolean)
        .trim()
        .toLowerCase(),
    )
  }

  /** Whether the database gave a number. */
  isNumber(column: string): boolean {
    return ['number', 'bigint'].includes(typeof this.#values.get(column))
  }

  bytes(column: string): Uint8Array | undefined {
    const value = this.#values.get(column)
    if (value === null || value === undefined) return undefined
    if (value instanceof Uint8Array) return value
    throw this.badData(column, 'is not binary')
  }

  badData(column: string, what: string): SisError {
    return new SisError('bad-data', `column ${column} of view ${this.view} ${what}`, { connection: this.connection })
  }

  #asText(column: string, value: unknown): string {
    if (typeof value === 'string') return value
    if (typeof value === 'bigint') return value.toString()
    if (value instanceof Date && !Number.isNaN(value.getTime())) return localDay(value)
    if (typeof value !== 'number') throw this.badData(column, 'is not text')
    const text = String(value)
    // A longer number was rounded on its way through the driver, so its text would be a lie.
    if (!/^-?[0-9.]+$/.test(text) || text.replace(/\D/g, '').length > 15)
      throw this.badData(column, 'is a number too long to be exact; cast it to text in the view')
    return text
  }
}

const localDay = (date: Date): string =>
  [
    String(date.getFullYear()).padStart(4, '0'),
    String(date.getMonth() + 1).padStart(2, '0'),
    String(date.getDate()).padStart(2, '0'),
  ].join('-')
