import { defaults } from '@emrex-gateway/core'
import { z } from 'zod'

const file = z.string().min(1)

const ways = ['file', 'url', 'urlFile', 'fromEnvironment'] as const

/** Where the gateway keeps its own data: one SQLite file, or a PostgreSQL that several instances may share. */
export const databaseSettings = z
  .strictObject({
    file: file.optional().describe('SQLite file, for one instance alone.'),
    url: z.string().min(1).optional().describe('PostgreSQL: postgresql://user@host/database'),
    urlFile: file.optional().describe('File that holds such an address.'),
    fromEnvironment: z.literal(true).optional().describe('The address stands in the environment, as DATABASE_URL.'),
    passwordFile: file.optional().describe('File with the password, where it is not in the address.'),
    tls: z
      .strictObject({
        caFile: file.optional().describe('Authorities to trust (PEM); absent = those that Node knows.'),
        certificateFile: file.optional().describe('Our certificate (PEM), where the server asks for one.'),
        keyFile: file.optional().describe('Its key (PEM).'),
      })
      .optional()
      .describe('Encrypts the connection and checks the certificate and its name; absent = none of it.'),
    maxConnections: z.number().int().min(2).max(100).default(defaults.databaseConnections),
    statementSeconds: z.number().positive().max(600).default(defaults.databaseStatementSeconds),
  })
  .refine((settings) => ways.filter((way) => settings[way] !== undefined).length === 1, {
    message: `needs exactly one of ${ways.join(', ')}`,
  })
  .refine(({ file: sqlite, tls, passwordFile }) => sqlite === undefined || (tls ?? passwordFile) === undefined, {
    message: 'tls and passwordFile are for PostgreSQL',
  })

export type DatabaseSettings = z.output<typeof databaseSettings>
