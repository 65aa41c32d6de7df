import { z } from 'zod'

const monthAndDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a month and a day, as in 06-30')

const usualTerms = [
  { code: 'VÅR', start: '01-01', end: '06-30', english: 'Spring' },
  { code: 'HØST', start: '07-01', end: '12-31', english: 'Autumn' },
]

/** Settings of one institution in FS. Secrets are files, read when the gateway starts. */
export const fsSettings = z.strictObject({
  organisasjonskode: z
    .string()
    .regex(/^\d{1,6}$/)
    .describe('Code of the institution in FS, such as 186.'),
  url: z
    .url({ protocol: /^https?$/ })
    .default('https://api.fellesstudentsystem.no/graphql/')
    .describe("Of the GraphQL interface, or of the institution's own gateway before it. https in production."),
  auth: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('basic'),
        user: z.string().min(1).describe('Name of the user of the interface; one for each institution.'),
        passwordFile: z.string().min(1).describe('File that holds the password.'),
      }),
      z.strictObject({
        kind: z.literal('header'),
        name: z
          .string()
          .regex(/^[A-Za-z0-9-]+$/)
          .default('X-Gravitee-Api-Key')
          .describe('Header of the key.'),
        keyFile: z.string().min(1).describe('File that holds the key.'),
      }),
      z.strictObject({
        kind: z.literal('bearer'),
        tokenFile: z.string().min(1).describe('File that holds the token.'),
      }),
    ])
    .describe('How the user of the interface is shown.'),
  featureFlags: z
    .array(z.string().regex(/^[a-z-]+$/))
    .default(['beta', 'experimental'])
    .describe('Feature-Flags to send; without them most fields about results are unknown to FS.'),
  languageKeys: z
    .enum(['auto', 'mixed', 'new', 'old'])
    .default('auto')
    .describe('Names of languages that FS knows: mixed = new ones for courses alone; auto = tried in turn.'),
  institutionArgument: z
    .enum(['eierOrganisasjonskode', 'eierInstitusjonsnummer'])
    .default('eierOrganisasjonskode')
    .describe('What FS calls the argument for the institution; it was renamed once.'),
  institution: z
    .strictObject({
      title: z.string().min(1).describe('Name, where FS gives none with a result.'),
      titleEnglish: z.string().min(1).optional(),
      schac: z
        .string()
        .regex(/^[a-z0-9.-]+$/)
        .optional()
        .describe('Web domain; logins name student numbers by it.'),
      erasmus: z.string().min(1).optional().describe('Where FS gives none.'),
      url: z.url({ protocol: /^https?$/ }).optional(),
    })
    .describe('Facts about the institution.'),
  learnerIdSchemes: z
    .array(z.string().min(1))
    .default([])
    .describe('Schemes of student numbers, besides the domain, that mean studentnummer.'),
  feideSchemes: z
    .array(z.string().min(1))
    .default([])
    .describe('Schemes of student numbers that in truth hold the Feide name of a student.'),
  gradeLanguage: z
    .enum(['nb', 'nn', 'en', 'se'])
    .default('nb')
    .describe('Of the grade: ELMO knows one without a language.'),
  resultDate: z
    .enum(['none', 'recorded'])
    .default('none')
    .describe('FS gives no date of an examination: none at all, or the day on which the result was recorded.'),
  terms: z
    .array(
      z.strictObject({
        code: z.string().min(1),
        start: monthAndDay,
        end: monthAndDay,
        english: z.string().min(1).optional(),
      }),
    )
    .default(usualTerms)
    .describe('First and last day of each term: FS gives its year and code alone.'),
  descriptionCategories: z
    .array(z.string().min(1))
    .default([])
    .describe('Categories of course texts to give as description, such as INNHOLD; each institution names its own.'),
  contactBy: z
    .enum(['none', 'institution', 'private'])
    .default('none')
    .describe(
      'Address on file that a code for a second proof is sent to: the one given by the institution, or the own.',
    ),
  distributionMinPersons: z.number().int().min(0).default(5).describe('Hide grade distributions of fewer people.'),
  pageSize: z.number().int().min(1).max(1000).default(100).describe('Results in one answer.'),
  minIntervalMs: z.number().int().min(0).default(100).describe('Between the beginnings of two requests.'),
  maxParallel: z.number().int().min(1).default(4).describe('Requests at a time.'),
})

export type FsSettings = z.output<typeof fsSettings>
