import { z } from 'zod'

const shared = {
  viewPrefix: z
    .string()
    .regex(/^[A-Za-z0-9_]*$/)
    .default('emrex_')
    .describe('What the names of the views and import tables begin with.'),
  institutionCodes: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Serve only these institutions of the database; absent = all that the view lists.'),
  source: z.boolean().default(true).describe('Read results (for the NCP role).'),
  target: z.boolean().default(false).describe('Take imports (for the SMP role).'),
  find: z
    .strictObject({
      by: z
        .array(z.enum(['nationalId', 'esi', 'learnerId', 'birthDate']))
        .min(1)
        .default(['nationalId', 'esi', 'learnerId', 'birthDate'])
        .describe('Facts that people may be searched by; birthDate asks for a name as well.'),
      nationalIdCountry: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional()
        .describe('Country of national identifiers that stand in the view without one.'),
      learnerIdSchemes: z
        .array(z.string().min(1))
        .default([])
        .describe('Schemes of student numbers, besides the domains of the institutions, that mean learner_id.'),
    })
    .prefault({}),
  creditScheme: z.string().min(1).default('ects').describe('Scheme of credits that stand in the view without one.'),
  distributionMinPersons: z.number().int().min(0).default(5).describe('Hide grade distributions of fewer people.'),
  attachmentMaxBytes: z
    .number()
    .int()
    .positive()
    .default(10 * 1024 * 1024)
    .describe('Leave out larger attachments.'),
  checkRows: z.number().int().min(0).max(100_000).default(1000).describe('Rows of each view that a check reads.'),
  timeoutSeconds: z.number().positive().max(600).default(12).describe('Longest wait for one query.'),
}

const server = {
  passwordFile: z.string().min(1).optional().describe('File with the password, where it is not in the address.'),
  maxConnections: z.number().int().min(2).max(5).default(4).describe('Connections that are open at the same time.'),
  ...shared,
}

const tls = z
  .strictObject({
    caFile: z.string().min(1).optional().describe('Authorities to trust (PEM); absent = those that Node knows.'),
    certificateFile: z.string().min(1).optional().describe('Our certificate (PEM), where the server asks for one.'),
    keyFile: z.string().min(1).optional().describe('Its key (PEM).'),
  })
  .optional()
  .describe('Encrypts the connection and checks the certificate and its name; absent = none of it.')

/** Settings of a database connection. Secrets are references that were resolved before they come here. */
export const sqlSettings = z
  .discriminatedUnion('client', [
    z.strictObject({
      client: z.literal('sqlite'),
      file: z.string().min(1).describe('Path of the database, relative to the settings file.'),
      ...shared,
    }),
    z.strictObject({
      client: z.literal('pg'),
      connection: z
        .string()
        .min(1)
        .describe(
          'postgresql://user@host/database; a user that may only read the views. ?socket=FOLDER for a local one.',
        ),
      tls,
      ...server,
    }),
    z.strictObject({
      client: z.literal('mysql').describe('MariaDB too.'),
      connection: z.string().min(1).describe('mysql://user@host/database; ?socket=PATH for a local one.'),
      tls,
      ...server,
    }),
    z.strictObject({
      client: z.literal('mssql').describe('Not tried yet; install tedious.'),
      connection: z.string().min(1).describe('mssql://user@host/database'),
      tls,
      ...server,
    }),
    z.strictObject({
      client: z.literal('oracledb').describe('Not tried yet; install oracledb.'),
      connection: z
        .string()
        .min(1)
        .describe('oracle://user@host/service; oracles: with TLS, by the settings of the driver.'),
      tls: z.undefined().optional(),
      ...server,
    }),
  ])
  .refine((settings) => settings.source || settings.target, { message: 'turn on source, target or both' })

export type SqlSettings = z.output<typeof sqlSettings>
export type SqlClient = SqlSettings['client']
/** Those of a database that is reached over the network. */
export type ServerSettings = Exclude<SqlSettings, { client: 'sqlite' }>
