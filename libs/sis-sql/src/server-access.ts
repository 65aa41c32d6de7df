import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { ServerAccess } from './dialects/sql-dialect.js'
import type { ServerSettings } from './sql-settings.js'

const protocols: Readonly<
  Record<ServerSettings['client'], { readonly names: readonly string[]; readonly port: number }>
> = {
  pg: { names: ['postgresql:', 'postgres:'], port: 5432 },
  mysql: { names: ['mysql:', 'mariadb:'], port: 3306 },
  mssql: { names: ['mssql:', 'sqlserver:'], port: 1433 },
  oracledb: { names: ['oracle:', 'oracles:'], port: 1521 },
}

/**
 * Reads the address of a server, its password file and the files of its TLS.
 *
 * @throws {Error} in plain words, without the address: there may be a password in it.
 */
export function serverAccess(settings: ServerSettings, resolvePath: (path: string) => string): ServerAccess {
  const { names, port } = protocols[settings.client]
  const form = `${names[0]!}//user@host:${port}/database`
  const url = URL.canParse(settings.connection) ? new URL(settings.connection) : undefined
  if (url === undefined || !names.includes(url.protocol)) throw new Error(`connection: expected ${form}`)
  for (const name of url.searchParams.keys())
    if (name !== 'socket') throw new Error(`connection: "${name}" is not known here; TLS has settings of its own`)
  const socket = url.searchParams.get('socket')
  const read = (name: string, path: string | undefined): string | undefined => {
    if (path === undefined) return undefined
    try {
      return readFileSync(resolvePath(path), 'utf8')
    } catch {
      throw new Error(`${name}: the file cannot be read`)
    }
  }
  const { tls } = settings
  const texts = {
    ca: read('tls.caFile', tls?.caFile),
    cert: read('tls.certificateFile', tls?.certificateFile),
    key: read('tls.keyFile', tls?.keyFile),
  }
  const host = url.hostname.replace(/^\[|\]$/g, '') || '127.0.0.1'
  // Its driver would look for "localhost" in the certificate of any address.
  if (tls !== undefined && settings.client === 'mysql' && isIP(host) !== 0)
    throw new Error('connection: with tls, name the host as its certificate does; the driver compares no addresses')
  return {
    protocol: url.protocol,
    host,
    port: url.port === '' ? port : Number(url.port),
    ...(socket === null ? {} : { socket }),
    user: plainPart(url.username),
    password: read('passwordFile', settings.passwordFile)?.trimEnd() ?? plainPart(url.password),
    database: plainPart(url.pathname.slice(1)),
    ...(tls === undefined
      ? {}
      : { tls: Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) }),
  }
}

function plainPart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Error('connection: write a % that means itself as %25')
  }
}
