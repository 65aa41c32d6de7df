import { z } from 'zod'
import type { IdentifierScheme } from '../identity.js'

const scheme = z
  .string()
  .regex(
    /^(eidas|prid|esi|oidc-sub|saml-nameid|eppn|learner-id|national:[A-Z]{2}|student:.+)$/,
    'eidas, prid, esi, oidc-sub, saml-nameid, eppn, learner-id, national:XX or student:DOMAIN',
  )
  .transform((text) => text as IdentifierScheme)

const persistence = z.enum(['lifelong', 'reissuable', 'pairwise', 'session'])

const selfDescribing = ['eidas-person-identifier', 'schac-personal-unique-id', 'schac-personal-unique-code']

/** A `ClaimRule` as an operator writes it for a login that no profile describes. */
export const claimRuleSettings = z
  .strictObject({
    names: z
      .array(z.string().min(1))
      .min(1)
      .describe('Names of the claim or attribute; the first that is there counts.'),
    gives: z.enum([
      'identifier',
      'family-name',
      'given-name',
      'full-name',
      'birth-family-name',
      'birth-given-name',
      'birth-full-name',
      'birth-date',
      'home-organisation',
      'country',
      'assurance',
      'role',
    ]),
    form: z
      .enum([
        'text',
        'date',
        'day-first-date',
        'eidas-person-identifier',
        'schac-personal-unique-id',
        'schac-personal-unique-code',
        'national-id',
        'prefixed',
      ])
      .optional(),
    prefix: z.string().min(1).optional().describe('For the form "prefixed".'),
    scheme: scheme.optional().describe('For an identifier that does not say it itself.'),
    persistence: persistence.optional(),
    identifierSource: z.enum(['population-register', 'institution']).optional(),
    receivingCountry: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .describe('For the form "eidas-person-identifier": the country that it must have been made for.'),
    issuers: z.array(z.string().min(1)).min(1).optional().describe('Organisations whose codes count; absent: any.'),
    onlyWhen: z
      .strictObject({ name: z.string().min(1), values: z.array(z.string()).min(1) })
      .optional()
      .describe('The rule counts only where this other claim has one of these values.'),
    required: z.boolean().optional().describe('Refuse a login that comes without it.'),
  })
  .refine(({ form, prefix }) => (form === 'prefixed') === (prefix !== undefined), {
    message: 'the form "prefixed" and a prefix belong together',
    path: ['prefix'],
  })
  .refine(
    ({ gives, form, scheme }) => gives !== 'identifier' || scheme !== undefined || selfDescribing.includes(form ?? ''),
    { message: 'an identifier needs a scheme, unless its form says it', path: ['scheme'] },
  )

/** A `LoaRule` as an operator writes it. */
export const loaRuleSettings = z.strictObject({
  value: z.string().min(1),
  loa: z.enum(['none', 'low', 'substantial', 'high']),
  onlyWith: z.string().min(1).optional().describe('A value that must be there too.'),
})

/** What the subject of a login is worth to a student information system. */
export const subjectRuleSettings = z.strictObject({
  scheme: scheme.optional(),
  persistence: persistence.default('pairwise'),
})

type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** What was written, without the places that were left empty. */
export const withoutGaps = <T extends object>(given: T): Given<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given<T>
