import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { freePort } from '../free-port.js'
import { databaseProgram, unprivileged } from './database-program.js'
import {
  leaveServer,
  runOnce,
  serverFile,
  serverFolder,
  startServer,
  type CrashingServer,
  type DatabaseServer,
  type DatabaseServerOptions,
} from './database-server.js'

/** The address of a database of the server, for the one who may do everything. */
export const postgresUrl = ({ port, admin }: DatabaseServer, database = 'postgres'): string =>
  `postgresql://${admin.user}:${admin.password}@127.0.0.1:${port}/${database}`

/** Starts Debian's PostgreSQL. Its users show passwords; its days are written in the German way unless a client says otherwise. */
export async function startPostgres({ tls, durable = false }: DatabaseServerOptions = {}): Promise<CrashingServer> {
  const [initdb, postgres] = ['initdb', 'postgres'].map((name) => databaseProgram(name, 'postgresql'))
  const user = unprivileged('postgres')
  const folder = serverFolder('postgres', user)
  const data = join(folder, 'data')
  const admin = { user: 'admin', password: randomBytes(12).toString('hex') }
  const passwordFile = serverFile(folder, 'password', admin.password, user)
  const setUp = ['--username=admin', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  runOnce(initdb!, [`--pgdata=${data}`, ...setUp, '--locale=C', '--no-sync', '--wal-segsize=1'], folder, user)
  const port = await freePort()
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    datestyle: 'German',
    ...(durable
      ? {}
      : {
          // Nobody needs these data after a power cut.
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          // What is in its log is read by tests that look for words in it.
          min_wal_size: '2MB',
          max_wal_size: '64MB',
        }),
    ...(tls === undefined
      ? {}
      : {
          ssl: 'on',
          ssl_cert_file: serverFile(folder, 'server.pem', tls.certificate, user),
          ssl_key_file: serverFile(folder, 'server.key', tls.privateKey, user),
        }),
  }
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const ready = /database system is ready to accept connections/
  const close = await startServer(postgres!, ['-D', data, ...parameters], folder, user, ready)
  return { port, folder, admin, close, leave: (milliseconds) => leaveServer(folder, milliseconds) }
}
