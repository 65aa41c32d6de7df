import { defaults, usualBasis } from '@emrex-gateway/core'
import { z } from 'zod'
import { auditSettings } from '../audit/audit-settings.js'
import { operationsSettings } from './operations-settings.js'
import { databaseSettings } from '../database/database-settings.js'
import { importApiSettings } from './import-api-settings.js'
import { ncpTranscriptSettings, smpTranscriptSettings, transcriptSettings } from './transcript-settings.js'

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'lower-case letters, digits and hyphens, at most 41')
  .describe('Name of this part; stands in paths, in the store and in logs.')

const file = z.string().min(1).describe('Path, relative to the settings file.')

const origin = z
  .url()
  .refine(
    (url) => new URL(url).pathname === '/' && !url.endsWith('/'),
    'an origin such as https://emrex.example.edu, without a path',
  )

const pluginUse = z.strictObject({
  id,
  plugin: z.string().min(1).describe('A plugin that this gateway brings, or the name of an installed package.'),
  settings: z.unknown().default({}).describe("The plugin's own settings; it refuses keys that it does not know."),
})

const certificateText = z.string().min(1).describe('Certificate as PEM text or bare base64.')

const registry = z.discriminatedUnion('kind', [
  z.strictObject({ id, kind: z.literal('ewp'), url: z.url() }).describe('The EWP catalogue (XML).'),
  z.strictObject({ id, kind: z.literal('emreg'), url: z.url() }).describe('An EMREG list (JSON).'),
  z
    .strictObject({
      id,
      kind: z.literal('static'),
      entries: z.array(
        z.strictObject({
          name: z.string().min(1),
          countryCode: z.string().regex(/^[A-Z]{2}$/),
          url: z.url(),
          institutions: z.array(z.string()).default([]),
          certificates: z.array(certificateText).min(1),
        }),
      ),
    })
    .describe('A list in the settings themselves.'),
  z
    .strictObject({ id, kind: z.literal('file'), file })
    .describe('The same list in a file of its own (YAML or JSON); a bad entry is left out, the others are used.'),
])

const mail = z
  .strictObject({
    host: z.string().min(1),
    port: z.number().int().min(1).max(65535).default(587),
    secure: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('`none` is for a mail server on this machine alone.'),
    user: z.string().min(1).optional(),
    passwordFile: file.optional(),
    from: z.email().describe('Sender of the codes.'),
  })
  .refine(({ user, passwordFile }) => (user === undefined) === (passwordFile === undefined), {
    message: 'user and passwordFile go together',
    path: ['passwordFile'],
  })
  .refine(({ secure, host }) => secure !== 'none' || ['localhost', '127.0.0.1', '::1'].includes(host), {
    message: 'must be starttls or tls, unless the mail server is on this machine',
    path: ['secure'],
  })

const basis = z
  .string()
  .min(1)
  .max(500)
  .default(usualBasis)
  .describe('On what basis results change hands, in words; stands on receipts.')

/** How long a system may take. */
const systemSeconds = z.number().int().min(1).max(defaults.outboundLongestSeconds)

const loa = z.enum(['none', 'low', 'substantial', 'high'])

const signing = z.strictObject({ keyFile: file, certificateFile: file })

const ncp = z.strictObject({
  id,
  title: z.string().min(1).describe('Shown to the person: whose results these are.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('Where the results come from (ISO 3166-1, two letters), for the statistics.'),
  publicUrl: origin.describe('Where browsers reach this entry; `/ncp/ID` is appended.'),
  logins: z.array(id).min(1),
  minimumLoa: loa.default('none'),
  sources: z.array(id).min(1).describe('Systems that results are read from.'),
  signing: signing.describe('Signs documents and receipts.'),
  basis,
  receivers: z
    .strictObject({
      unknown: z
        .enum(['ask', 'refuse'])
        .default('ask')
        .describe('What to do with a return address that is not listed.'),
      known: z
        .array(z.strictObject({ name: z.string().min(1), origin, furtherOrigins: z.array(origin).default([]) }))
        .default([]),
    })
    .prefault({}),
  results: z
    .strictObject({
      failed: z.boolean().default(false),
      inProgress: z.boolean().default(false),
      from: z.iso.date().optional().describe('Only results of this day and later; one without a date stays.'),
      to: z.iso.date().optional().describe('Only results of this day and earlier.'),
    })
    .prefault({}),
  transcript: ncpTranscriptSettings,
  collectSeconds: z.number().int().min(1).max(120).default(defaults.collectSeconds),
  sourceTimeoutSeconds: systemSeconds.default(defaults.sourceTimeoutSeconds),
  idleMinutes: z.number().int().min(1).max(defaults.ncpLongestMinutes).default(defaults.ncpIdleMinutes),
})

const smpShape = z.strictObject({
  id,
  title: z.string().min(1).describe('Shown to the person: who fetches the results.'),
  publicUrl: origin.describe('Where browsers reach this entry; `/smp/ID` is appended.'),
  logins: z.array(id).describe('With `api` there may be none: then each request says who the applicant is.'),
  staffLogin: id.optional(),
  statisticsOf: z.array(id).default([]).describe('NCP entries whose statistics the staff of this entry may see too.'),
  minimumLoa: loa.default('none'),
  target: id.optional().describe('System that results are handed to.'),
  api: importApiSettings.optional().describe('In place of a target: other systems ask for results.'),
  ownInstitutions: z
    .array(z.string().min(1))
    .default([])
    .describe('Names of the own institution as registries write them.'),
  sha1Exceptions: z
    .array(z.strictObject({ ncpUrl: z.url(), until: z.iso.date() }))
    .default([])
    .describe('NCPs that may sign with SHA-1 up to and including a day.'),
  signing: signing.optional().describe('Signs receipts; without it they are given unsigned.'),
  basis,
  historyDays: z
    .number()
    .int()
    .min(0)
    .max(3650)
    .default(defaults.historyDays)
    .describe(
      'How long a student finds the receipts of earlier imports, and staff are told which results came before; 0 keeps none.',
    ),
  transcript: smpTranscriptSettings,
  targetTimeoutSeconds: systemSeconds.default(defaults.targetTimeoutSeconds),
  transferMinutes: z.number().int().min(5).max(720).default(defaults.smpTransferMinutes),
  caseDays: z.number().int().min(1).max(90).default(defaults.caseDays),
})

const smp = smpShape
  .refine(({ target, api }) => (target === undefined) !== (api === undefined), {
    message: 'an SMP has a target, or an api in its place',
    path: ['target'],
  })
  .refine(({ logins, api }) => logins.length > 0 || api !== undefined, {
    message: 'at least one login',
    path: ['logins'],
  })
  .refine(({ staffLogin, api }) => staffLogin === undefined || api === undefined, {
    message: 'with an api there are no cases for staff',
    path: ['staffLogin'],
  })

/** As Express takes them, which asks no name server. */
const proxyAddress = z.string().refine((address) => {
  const forms = [z.enum(['loopback', 'linklocal', 'uniquelocal']), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]
  return forms.some((form) => form.safeParse(address).success)
}, 'an address, a network such as 10.0.0.0/8, or one of loopback, linklocal, uniquelocal; a name of a host is none')

/** The settings file. Unknown keys are refused, every problem is reported at once. */
export const settingsSchema = z.strictObject({
  environment: z
    .enum(['production', 'test', 'demo'])
    .default('production')
    .describe('`demo` alone permits demo parts, and plain http between loopback addresses.'),
  listen: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.number().int().min(0).max(65535).default(8080) })
    .prefault({}),
  trustProxy: z
    .union([z.literal(false), z.number().int().min(1), z.array(proxyAddress).min(1)], {
      error: 'false, how many proxies are in front, or a list of their addresses',
    })
    .default(false)
    .describe('Proxies in front: none, how many, or their addresses.'),
  signatureEngine: z
    .enum(['fast', 'reference'])
    .default('fast')
    .describe(
      'Who computes canonical form and digest of signatures: `reference` is xml-crypto, twenty times slower, and checks ' +
        'no document of more than 100,000 elements, texts, attributes and declarations.',
    ),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  database: databaseSettings,
  seal: z.strictObject({
    keyFile: file.describe('32 random bytes, base64: seals what is stored about persons.'),
    previousKeyFiles: z.array(file).default([]),
  }),
  audit: auditSettings.prefault({}).describe('The evidence: who signs it, and how long it is kept.'),
  operations: operationsSettings.prefault({}),
  mail: mail
    .optional()
    .describe('Mail server that takes codes for second proofs. Without it nobody is asked for a student number.'),
  transcript: transcriptSettings.prefault({}).describe('How readable transcripts look.'),
  logins: z.array(pluginUse).default([]),
  systems: z
    .array(pluginUse.extend({ title: z.string().min(1).optional().describe('How people know this system.') }))
    .default([]),
  registries: z.array(registry).default([]),
  ncp: z.array(ncp).default([]),
  smp: z.array(smp).default([]),
})

export type Settings = z.infer<typeof settingsSchema>
export type MailSettings = z.infer<typeof mail>
export type SigningSettings = z.infer<typeof signing>
export type NcpSettings = Settings['ncp'][number]
export type SmpSettings = Settings['smp'][number]
