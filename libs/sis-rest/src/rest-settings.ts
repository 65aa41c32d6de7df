import { z } from 'zod'

const file = z.string().min(1)
const claims = ['nationalId', 'esi', 'learnerId', 'birthDate'] as const

const auth = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('certificate').describe('We show a client certificate (mutual TLS).'),
      keyFile: file.describe('Our private key (PEM).'),
      certificateFile: file.describe('Our certificate (PEM).'),
      passphraseFile: file.optional().describe('Passphrase of the key.'),
    }),
    z.strictObject({
      kind: z.literal('token').describe('A bearer token that does not change.'),
      tokenFile: file,
    }),
    z.strictObject({
      kind: z.literal('client-credentials').describe('Bearer tokens from an OAuth 2.0 server (RFC 6749 §4.4).'),
      tokenUrl: z.url({ protocol: /^https?$/ }),
      clientId: z.string().min(1),
      clientSecretFile: file,
      scope: z.string().min(1).optional(),
    }),
    z.strictObject({
      kind: z.literal('hmac').describe('Each request is signed with a shared secret: README.md, "Signed requests".'),
      keyId: z.string().regex(/^[\w.-]{1,100}$/, 'letters, digits, "_", "." and "-"'),
      secretFile: file.describe('The secret as base64, 32 bytes or more: `openssl rand -base64 32`.'),
    }),
  ])
  .describe('How the system knows us.')

/** Settings of one system that offers the calls of `openapi.yaml`. Paths are relative to the settings file. */
export const restSettings = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'an address such as https://sis.example.edu/emrex/' })
      .refine((url) => !/[?#]/.test(url), 'an address without "?" and "#"')
      .transform((url) => (url.endsWith('/') ? url : `${url}/`))
      .describe('What stands in front of "institutions", "persons/search" and the other calls.'),
    auth,
    authoritiesFile: file
      .optional()
      .describe(
        'Certificates (PEM) of the only authorities that may vouch for the system; absent: those of the machine.',
      ),
    source: z.boolean().default(true).describe('Read results (for the NCP role).'),
    target: z.boolean().default(false).describe('Hand over imports (for the SMP role).'),
    findBy: z
      .array(z.enum(claims))
      .min(1)
      .default([...claims])
      .describe('Facts that people may be searched by; birthDate goes with a name. The others are never sent.'),
    statusByGrade: z
      .strictObject({ passed: z.array(z.string()).default([]), failed: z.array(z.string()).default([]) })
      .prefault({})
      .describe('What grades mean where results come without a status. A grade in neither list is left out.'),
    withoutStatus: z
      .enum(['unknown', 'passed'])
      .default('unknown')
      .describe('"passed" only where the system gives passed results alone and never says so.'),
    titleLanguage: z
      .string()
      .regex(/^[a-z]{2,3}$/)
      .optional()
      .describe('The language of titles where the system marks all of them "en", whatever they are.'),
    reportMaxBytes: z.number().int().positive().default(20_000_000).describe('Longest answer with results.'),
    attachmentMaxBytes: z.number().int().positive().default(20_000_000).describe('Largest attachment.'),
    minIntervalMs: z.number().int().min(0).max(60_000).default(0).describe('Least time between two requests.'),
    maxParallel: z.number().int().min(1).max(64).default(8).describe('Most requests at the same time.'),
  })
  .refine(({ source, target }) => source || target, { message: 'turn on source, target or both' })

export type RestSettings = z.output<typeof restSettings>
export type RestAuth = RestSettings['auth']
