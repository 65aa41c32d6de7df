import type { SqlClient } from '@emrex-gateway/sis-sql'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { exitCodes } from './exit-codes.js'
import type { StatisticsCommandOptions } from './statistics-command.js'
import { tableNames } from './table-names.js'

/** The command line `emrex`; each command loads only what it needs. Exit codes: 0 done or verified, 1 refused, 2 wrong usage or unreadable file, 69 no database, 78 bad settings. */
export async function main(argv: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessReaderLeft)
  const program = new Command('emrex').description('EMREX gateway: fetches and gives study results.').exitOverride()
  program
    .command('open')
    .description(
      'Open any EMREX answer (base64+gzip, base64, XML): what it is, who signed it, whether it verifies, the results.',
    )
    .argument('<file>')
    .option(
      '--certificate <pem>',
      'certificate of the NCP as its registry publishes it; may be given several times',
      collect,
      [],
    )
    .option('--allow-sha1-until <date>', 'accept SHA-1 up to and including this day (YYYY-MM-DD)', isoDate)
    .option('--show-unverified', 'show the results of a refused document, under that word', false)
    .option('--json', 'one JSON object', false)
    .action(
      async (
        file: string,
        options: { certificate: string[]; allowSha1Until?: string; showUnverified: boolean; json: boolean },
      ) => {
        const { openCommand } = await import('./open-command.js')
        process.exitCode = openCommand(file, { ...options, now: new Date() })
      },
    )
  program
    .command('serve')
    .description('Start the gateway.')
    .requiredOption('--settings <file>')
    .action(async (options: { settings: string }) => {
      const { serveCommand } = await import('./serve-command.js')
      process.exitCode = await serveCommand(options.settings)
    })
  program
    .command('config')
    .description('Settings.')
    .command('check')
    .description('Say what a settings file would do, without starting; every problem at once.')
    .argument('<file>')
    .action(async (file: string) => {
      const { configCheckCommand } = await import('./config-check-command.js')
      process.exitCode = await configCheckCommand(file)
    })
  program
    .command('api-key')
    .description('Keys of the import API.')
    .command('new')
    .description('Print a new key, which is shown this once, and its line for the settings.')
    .argument('<id>', 'name of the key')
    .action(async (id: string) => {
      const { apiKeyCommand } = await import('./api-key-command.js')
      process.exitCode = apiKeyCommand(id)
    })
  const store = program.command('store').description("The gateway's own database.")
  store
    .command('migrate')
    .description('Bring its tables up to date, as the first start does; on SQLite, while no gateway runs.')
    .argument('<file>', 'settings file')
    .action(async (file: string) => {
      const { storeMigrateCommand } = await import('./store-commands.js')
      process.exitCode = await storeMigrateCommand(file)
    })
  store
    .command('check')
    .description('Say what lies in it and whether the key fits, without changing anything.')
    .argument('<file>', 'settings file')
    .action(async (file: string) => {
      const { storeCheckCommand } = await import('./store-commands.js')
      process.exitCode = await storeCheckCommand(file)
    })
  store
    .command('backup')
    .description('Copy it into a new file, also while a gateway runs; for SQLite.')
    .argument('<file>', 'settings file')
    .argument('<target>', 'the new file')
    .action(async (file: string, target: string) => {
      const { storeBackupCommand } = await import('./store-backup-command.js')
      process.exitCode = await storeBackupCommand(file, target)
    })
  store
    .command('move')
    .description('Move everything from a SQLite file to an empty PostgreSQL, while no gateway runs.')
    .argument('<file>', 'settings file, with the SQLite file')
    .requiredOption(
      '--to <settings or address>',
      'settings file that names the PostgreSQL, or its address, which others on this machine can read',
    )
    .action(async (file: string, options: { to: string }) => {
      const { storeMoveCommand } = await import('./store-move-command.js')
      process.exitCode = await storeMoveCommand(file, options.to)
    })
  program
    .command('receipt')
    .description('Receipts of transfers.')
    .command('verify')
    .description(
      'Check a receipt, JSON or PDF, without asking anybody: who signed it, and whether it was changed since.',
    )
    .argument('<file>')
    .option('--certificate <pem>', 'certificate of the issuer; may be given several times', collect, [])
    .option('--json', 'one JSON object', false)
    .action(async (file: string, options: { certificate: string[]; json: boolean }) => {
      const { receiptVerifyCommand } = await import('./receipt-command.js')
      process.exitCode = receiptVerifyCommand(file, options)
    })
  const audit = program.command('audit').description('The evidence of what was done.')
  audit
    .command('verify')
    .description(
      'Recompute its chains and compare them with every checkpoint; may run next to a gateway. 1 when anything is wrong.',
    )
    .argument('<file>', 'settings file')
    .option('--entry <id>', 'chains of this entry alone')
    .option('--checkpoints <file>', 'checkpoints that were kept elsewhere (`emrex audit checkpoints`)')
    .option('--json', 'one JSON object', false)
    .action(async (file: string, options: { entry?: string; checkpoints?: string; json: boolean }) => {
      const { auditVerifyCommand } = await import('./audit-commands.js')
      process.exitCode = await auditVerifyCommand(file, options)
    })
  audit
    .command('checkpoints')
    .description(
      'Print every signed checkpoint, one on each line, to be kept where nobody who has the database can change it.',
    )
    .argument('<file>', 'settings file')
    .action(async (file: string) => {
      const { auditCheckpointsCommand } = await import('./audit-commands.js')
      process.exitCode = await auditCheckpointsCommand(file)
    })
  program
    .command('retention')
    .description('What is kept, and for how long.')
    .command('report')
    .description('Say how much is kept of each kind, and what should have been deleted and was not.')
    .argument('<file>', 'settings file')
    .action(async (file: string) => {
      const { retentionReportCommand } = await import('./retention-command.js')
      process.exitCode = await retentionReportCommand(file)
    })
  program
    .command('statistics')
    .description('What became of the transfers: a table by country, return address, reason …, from the own database.')
    .argument('<file>', 'settings file')
    .option('--year <year>', 'transfers that began in this year (UTC); this year where absent', yearOf)
    .addOption(new Option('--by <rows>', 'what the rows are').choices(tableNames).default('country'))
    .addOption(
      new Option('--role <role>', 'whose transfers; needed where the settings have both').choices(['ncp', 'smp']),
    )
    .option('--entry <id>', 'of one entry alone')
    .option('--publish', 'for everybody to read: a year that is over, of all entries, without small counts', false)
    .option('--csv', 'for spreadsheets', false)
    .option('--json', 'for programs', false)
    .option('--html', 'all tables of it with charts, as a page of its own', false)
    .action(async (file: string, options: StatisticsCommandOptions) => {
      const { statisticsCommand } = await import('./statistics-command.js')
      process.exitCode = await statisticsCommand(file, { ...options, now: new Date() })
    })
  const sis = program.command('sis').description('Student information systems.')
  sis
    .command('check')
    .description('Try the systems of a settings file: rights, days left on certificates, what could not be confirmed.')
    .argument('<file>')
    .argument('[system]', 'id of one system; all of them without it')
    .action(async (file: string, system: string | undefined) => {
      const { sisCheckCommand } = await import('./sis-check-command.js')
      process.exitCode = await sisCheckCommand(file, system)
    })
  sis
    .command('ddl')
    .description('Print the views and import tables that a database must have, as a script for its owner to fill in.')
    .addArgument(new Argument('<client>', 'kind of database').choices(['sqlite', 'pg', 'mysql', 'mssql', 'oracledb']))
    .option('--prefix <text>', 'what the names of views and tables begin with', 'emrex_')
    .action(async (client: SqlClient, options: { prefix: string }) => {
      const { sisDdlCommand } = await import('./sis-ddl-command.js')
      process.exitCode = sisDdlCommand(client, options.prefix)
    })
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  }
}

/** Who reads may have seen enough (`| head`): the work goes on to its end, and its exit code holds. */
function unlessReaderLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

const collect = (value: string, previous: string[]): string[] => [...previous, value]

function isoDate(value: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new InvalidArgumentError('Not a date (YYYY-MM-DD).')
  return value
}

function yearOf(value: string): number {
  if (!/^20\d\d$/.test(value)) throw new InvalidArgumentError('Not a year (YYYY).')
  return Number(value)
}
