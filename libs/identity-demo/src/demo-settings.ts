import type { IdentifierScheme, Loa } from '@emrex-gateway/core'
import { z } from 'zod'

/** The value that the form sends for "I do not want to"; no person may have it as id. */
export const cancelValue = 'cancel'

const identifierScheme = z
  .string()
  .regex(/^(eidas|prid|esi|oidc-sub|saml-nameid|eppn|learner-id|national:[A-Z]{2}|student:.+)$/)
  .transform((scheme) => scheme as IdentifierScheme)

const person = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/)
    .refine((id) => id !== cancelValue, { message: `"${cancelValue}" is no id` }),
  given: z.string(),
  family: z.string(),
  birthDate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  birthName: z.string().min(1).optional().describe('Family name at birth, where it was another one.'),
  identifiers: z.array(z.strictObject({ scheme: identifierScheme, value: z.string().min(1) })).default([]),
  roles: z.array(z.string().min(1)).default([]).describe('Such as "staff".'),
  note: z.string().optional().describe('What this person is there to show.'),
})

/** Settings of the demonstration login: a list of invented people. */
export const demoSettings = z
  .strictObject({
    label: z.string().min(1).default('Demonstration login').describe('Its name on the page.'),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .describe('The country whose login it plays.'),
    loa: z
      .enum(['none', 'low', 'substantial', 'high'] satisfies (Loa | 'none')[])
      .default('substantial')
      .describe('The level of assurance it pretends to have.'),
    kind: z
      .enum(['demo', 'eid', 'federation', 'student'])
      .default('demo')
      .describe('The kind of login it plays: `student` and `federation` can be a second proof.'),
    people: z.array(person).min(1),
    cancel: z.boolean().default(true).describe('Offer a way to call the login off.'),
  })
  .refine(({ people }) => new Set(people.map(({ id }) => id)).size === people.length, {
    message: 'two people have the same id',
    path: ['people'],
  })

export type DemoSettings = z.output<typeof demoSettings>
export type DemoPerson = DemoSettings['people'][number]
