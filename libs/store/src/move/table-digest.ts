import { createHash } from 'node:crypto'

/** How much lies in a table, and what: rows and values, whatever their order and the database. */
export interface TableContent {
  readonly rows: number
  /** The sum of the SHA-256 of all rows, in hex. */
  readonly digest: string
}

type Row = Readonly<Record<string, unknown>>

const modulus = 1n << 256n

/** Adds up a table row by row. */
export class TableDigest {
  private rows = 0
  private sum = 0n

  add(row: Row): void {
    this.rows++
    this.sum = (this.sum + BigInt(`0x${hashOf(row)}`)) % modulus
  }

  get content(): TableContent {
    return { rows: this.rows, digest: this.sum.toString(16).padStart(64, '0') }
  }
}

function hashOf(row: Row): string {
  const values = Object.keys(row)
    .sort()
    .map((name) => [name, plain(row[name])])
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

/** One way to write a value, whichever driver gave it. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  return typeof value === 'bigint' ? Number(value) : value
}
