import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { freePort } from '../free-port.js'
import { databaseProgram, unprivileged } from './database-program.js'
import {
  runOnce,
  serverFile,
  serverFolder,
  startServer,
  type DatabaseServer,
  type DatabaseServerOptions,
} from './database-server.js'

/** Starts Debian's MariaDB. Backslashes mean nothing to it unless a client says otherwise, as some databases are set. */
export async function startMariaDb({ tls }: DatabaseServerOptions = {}): Promise<DatabaseServer> {
  const [install, mariadbd] = ['mariadb-install-db', 'mariadbd'].map((name) => databaseProgram(name, 'mariadb-server'))
  const user = unprivileged('mysql')
  const folder = serverFolder('mariadb', user)
  const data = join(folder, 'data')
  const setUp = ['--no-defaults', `--datadir=${data}`, '--skip-test-db', '--auth-root-authentication-method=normal']
  runOnce(install!, setUp, folder, user)
  const admin = { user: 'admin', password: randomBytes(12).toString('hex') }
  const first = [
    `create user admin@'127.0.0.1' identified by '${admin.password}';`,
    `grant all on *.* to admin@'127.0.0.1' with grant option;`,
    '',
  ].join('\n')
  const port = await freePort()
  const parameters = [
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${join(folder, 'socket')}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--init-file=${serverFile(folder, 'first.sql', first, user)}`,
    '--skip-name-resolve',
    '--sql-mode=NO_BACKSLASH_ESCAPES',
    '--character-set-server=utf8mb4',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-buffer-pool-size=32M',
    '--performance-schema=off',
    ...(tls === undefined
      ? []
      : [
          `--ssl-cert=${serverFile(folder, 'server.pem', tls.certificate, user)}`,
          `--ssl-key=${serverFile(folder, 'server.key', tls.privateKey, user)}`,
        ]),
  ]
  const close = await startServer(mariadbd!, parameters, folder, user, /ready for connections/)
  return { port, folder, admin, close }
}
