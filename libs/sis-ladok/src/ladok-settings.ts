import { z } from 'zod'

const file = (what: string) => z.string().min(1).describe(`${what}, relative to the settings file.`)
const webAddress = z.url({ protocol: /^https?$/ })

const shared = {
  baseUrl: z
    .url({ protocol: /^https$/ })
    .default('https://api.ladok.se')
    .describe('Address of the API; the test environment is https://api.integrationstest.ladok.se.'),
  authoritiesFile: file('Authorities of the server, PEM; absent = the usual ones').optional(),
  institution: z
    .strictObject({
      code: z.string().min(1).optional().describe('Kod in Ladok, where the certificate sees several institutions.'),
      schac: z.string().min(1).optional().describe('Web domain such as kth.se.'),
      erasmus: z.string().min(1).optional().describe('Erasmus code such as S STOCKHO04.'),
      pic: z
        .string()
        .regex(/^\d{9}$/)
        .optional()
        .describe('Participant identification code, nine digits.'),
      titles: z
        .strictObject({ sv: z.string().min(1).optional(), en: z.string().min(1).optional() })
        .optional()
        .describe('Names, where Ladok gives none.'),
      url: webAddress.optional().describe('Web site, where Ladok gives none.'),
    })
    .prefault({})
    .describe('What Ladok does not know about the institution.'),
  minIntervalMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(50)
    .describe('Milliseconds between the beginnings of two requests; Ladok publishes no limit.'),
  maxParallel: z.number().int().min(1).max(32).default(4).describe('Requests at a time.'),
  searchPageSize: z.number().int().min(1).max(400).default(100).describe('People per page of a search by name.'),
  searchMaxPeople: z
    .number()
    .int()
    .min(1)
    .max(20_000)
    .default(2000)
    .describe('A name that more people share is no way to find somebody.'),
  courseDetails: z
    .boolean()
    .default(true)
    .describe('Ask for level and language of each course: a request per course, kept for a day.'),
  programmes: z.boolean().default(true).describe('Say in the description of a course to which programme it belongs.'),
  unfinishedCourses: z
    .enum(['in-progress', 'modules-only'])
    .default('in-progress')
    .describe('A course of which only modules are passed: the course as unfinished with them, or the modules alone.'),
  degrees: z
    .boolean()
    .default(false)
    .describe('Read issued degrees. The path is an assumption: turn it on when your university has confirmed it.'),
  source: z.boolean().default(true).describe('Read results (for the NCP role).'),
  target: z.boolean().default(false).describe('Take imports (for the SMP role).'),
  structuredImport: z
    .boolean()
    .default(false)
    .describe('Write imports into Ladok as "annan merit". Not available: Ladok publishes no path for it.'),
}

/** Settings of one university: one tenant is one client certificate. Secrets are names of files. */
export const ladokSettings = z
  .union([
    z.strictObject({
      pfxFile: file('PKCS #12 container with key and certificate, as Ladok issues it'),
      passphraseFile: file('Passphrase of the container').optional(),
      ...shared,
    }),
    z.strictObject({
      keyFile: file('Private key, PEM'),
      certificateFile: file('Client certificate, PEM'),
      passphraseFile: file('Passphrase of the key').optional(),
      ...shared,
    }),
  ])
  .refine((settings) => settings.source || settings.target, { message: 'turn on source, target or both' })

export type LadokSettings = z.output<typeof ladokSettings>
