export interface PostgresAddress {
  /** A name, an address, or the folder of a socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

const sslModes: Readonly<Record<string, boolean>> = {
  disable: false,
  require: true,
  'verify-ca': true,
  'verify-full': true,
}

/**
 * Reads the address of a PostgreSQL database. `sslmode`, as hosting services write it, means either no encryption or all of
 * it: a certificate that is not checked protects from nobody.
 *
 * @throws {Error} in plain words, without the address: there may be a password in it.
 */
export function readPostgresUrl(written: string): { readonly address: PostgresAddress; readonly encrypted: boolean } {
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url === undefined || !['postgresql:', 'postgres:'].includes(url.protocol))
    throw new Error('expected postgresql://user@host:5432/database')
  for (const name of url.searchParams.keys())
    if (name !== 'socket' && name !== 'sslmode') throw new Error(`"${name}" is not known in the address`)
  const mode = url.searchParams.get('sslmode') ?? 'disable'
  const encrypted = sslModes[mode]
  if (encrypted === undefined) throw new Error(`sslmode must be one of ${Object.keys(sslModes).join(', ')}`)
  const part = (text: string): string => {
    try {
      return decodeURIComponent(text)
    } catch {
      throw new Error('a % in the address must be written as %25')
    }
  }
  const database = part(url.pathname.slice(1))
  if (database === '') throw new Error('the address names no database')
  const address = {
    host: url.searchParams.get('socket') ?? (url.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1'),
    port: url.port === '' ? 5432 : Number(url.port),
    user: part(url.username),
    password: part(url.password),
    database,
  }
  return { address, encrypted }
}
